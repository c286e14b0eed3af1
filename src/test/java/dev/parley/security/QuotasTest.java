package dev.parley.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotasTest {
    private static final long SECOND = 1_000_000_000L;

    private final Quotas quotas = new Quotas(1_000, 1_000);

    @Test
    void comingBackRefillsNothing() {
        Quota quota = quotas.hold("ann", 0);
        assertThat(quota.send(300_000, 0)).isTrue();
        assertThat(quota.send(1, 0)).isFalse();
        quotas.release("ann", 0);
        Quota again = quotas.hold("ann", SECOND);
        assertThat(again.send(1_001, SECOND)).isFalse();
        assertThat(again.send(1_000, SECOND)).isTrue();
    }

    @Test
    void waitingWhileConnectedAndComingBackIsNoSecondQuota() {
        Quota first = quotas.hold("ann", 0);
        Quota second = quotas.hold("ann", 0);
        quotas.release("ann", 0);
        assertThat(second).isSameAs(first);
        assertThat(first.send(300_000, 0)).isTrue();
        assertThat(quotas.hold("ann", 0).send(1, 0)).isFalse();
    }

    @Test
    void whatIsReadIsPaidAfterwards() {
        Quota quota = quotas.hold("ann", 0);
        assertThat(quota.mayRead(0)).isTrue();
        quota.read(700_000, 0);
        assertThat(quota.mayRead(99 * SECOND)).isFalse();
        assertThat(quota.mayRead(101 * SECOND)).isTrue();
    }

    @Test
    void whatIsFullAgainIsForgottenAndThereIsABoundForTheRest() {
        quotas.hold("held", 0);
        for (int i = 0; i < 300_000; i++) {
            Quota quota = quotas.hold("guest-" + i, i);
            quota.send(100_000 + i % 1_000, i);
            quotas.release("guest-" + i, i);
        }
        assertThat(quotas.size()).isLessThan(120_000);
        for (int i = 0; i < 120_000; i++) {
            quotas.hold("later-" + i, 400 * SECOND);
            quotas.release("later-" + i, 400 * SECOND);
        }
        assertThat(quotas.size()).isLessThan(120_000);
        assertThat(quotas.hold("held", 0).send(300_000, 0)).isTrue();
    }
}
