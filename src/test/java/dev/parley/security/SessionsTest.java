package dev.parley.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.ClientMessage;
import dev.parley.message.UserName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final UserName ANN = new UserName("ann");
    private static final String NONCE = "0123456789abcdef0123456789abcdef";
    private static final Duration AGE = Duration.ofDays(30);

    private Instant now = Instant.parse("2026-11-26T01:00:00Z");
    private final InstantSource clock = () -> now;
    private final Sessions sessions = new Sessions(new byte[32], AGE, clock);

    @Test
    void whoShowsWhatWasIssuedIsTheSameUserUnderTheSameName() {
        SessionSecret session = sessions.create();

        SessionSecret again = sessions.resume(sessions.issue(session, ANN)).orElseThrow();

        assertThat(again.fingerprint()).isEqualTo(session.fingerprint());
        assertThat(again.name()).isEqualTo(ANN);
    }

    @Test
    void aServerStartedLaterOnTheSameKeyKnowsTheSession() {
        String text = sessions.issue(sessions.create(), ANN);

        assertThat(new Sessions(new byte[32], AGE, clock).resume(text)).isPresent();
    }

    @Test
    void anotherKeyMakesItNobodysSession() {
        byte[] other = {1, 2, 3};

        assertThat(sessions.resume(new Sessions(other, AGE, clock).issue(sessions.create(), ANN)))
                .isEmpty();
    }

    @Test
    void anyOneCharacterChangedMakesItNobodysSession() {
        String text = sessions.issue(sessions.create(), ANN);

        for (int i = 0; i < text.length(); i++) {
            StringBuilder bent = new StringBuilder(text);
            bent.setCharAt(i, text.charAt(i) == 'b' ? 'c' : 'b');
            assertThat(sessions.resume(bent.toString())).as(bent.toString()).isEmpty();
            assertThat(sessions.resume(text.substring(0, i))).isEmpty();
        }
        assertThat(sessions.resume(text + "x")).isEmpty();
    }

    @Test
    void whatNobodyIssuedIsNobodysSession() {
        for (String text :
                new String[] {null, "", "A".repeat(22), "A".repeat(22) + ".ann", "ps1....", "x".repeat(256)}) {
            assertThat(sessions.resume(text)).isEmpty();
        }
    }

    @Test
    void aTextIsGoodUntilItsAgeAndNoLonger() {
        String text = sessions.issue(sessions.create(), ANN);

        now = now.plus(AGE);
        assertThat(sessions.resume(text)).isPresent();
        now = now.plusMillis(1);
        assertThat(sessions.resume(text)).isEmpty();
    }

    @Test
    void aTextThatAClockAheadHasIssuedIsNotGoodForYears() {
        Instant right = now;
        now = now.plus(Duration.ofDays(3650));
        String text = sessions.issue(sessions.create(), ANN);
        now = right;

        assertThat(sessions.resume(text)).isEmpty();
    }

    @Test
    void eachReturnStartsTheAgeAnew() {
        String text = sessions.issue(sessions.create(), ANN);
        for (int day = 20; day <= 100; day += 20) {
            now = now.plus(Duration.ofDays(20));
            SessionSecret again = sessions.resume(text).orElseThrow();
            String next = sessions.issue(again, ANN);
            assertThat(next).isNotEqualTo(text);
            text = next;
        }
    }

    @Test
    void anOlderTextIsGoodUntilAMinuteAfterANewerOneWasUsed() {
        String older = sessions.issue(sessions.create(), ANN);
        String newer = sessions.issue(sessions.resume(older).orElseThrow(), ANN);

        now = now.plus(Duration.ofHours(1));
        // The client that never got the newer one comes back with what it has.
        assertThat(sessions.resume(older)).isPresent();
        assertThat(sessions.resume(newer)).isPresent();
        now = now.plus(Sessions.GRACE);
        assertThat(sessions.resume(older)).isPresent();
        now = now.plusMillis(1);
        assertThat(sessions.resume(older)).isEmpty();
        assertThat(sessions.resume(newer)).isPresent();
    }

    @Test
    void theSameNonceIsTheSameSessionAlsoOfAServerStartedLaterOnTheSameKey() {
        SessionSecret session = sessions.create(NONCE);

        now = now.plusSeconds(100);
        assertThat(sessions.create(NONCE).fingerprint()).isEqualTo(session.fingerprint());
        Sessions later = new Sessions(new byte[32], AGE, clock);
        assertThat(later.create(NONCE).fingerprint()).isEqualTo(session.fingerprint());
        assertThat(later.resume(sessions.issue(session, ANN)).orElseThrow().fingerprint())
                .isEqualTo(session.fingerprint());
    }

    @Test
    void anotherNonceOrAnotherKeyIsAnotherSessionAndNoNonceIsOneThatNobodyHad() {
        String id = sessions.create(NONCE).id();

        assertThat(sessions.create(NONCE + "x").id()).isNotEqualTo(id);
        assertThat(new Sessions(new byte[] {1, 2, 3}, AGE, clock).create(NONCE).id())
                .isNotEqualTo(id);
        assertThat(sessions.create(null).id())
                .isNotEqualTo(sessions.create(null).id());
    }

    @Test
    void aNonceIsGoodUntilAMinuteAfterATextOfItsSessionWasUsed() {
        SessionSecret session = sessions.create(NONCE);
        String text = sessions.issue(session, ANN);

        now = now.plus(Duration.ofHours(1));
        assertThat(sessions.create(NONCE).id()).isEqualTo(session.id());
        sessions.resume(text).orElseThrow();
        now = now.plus(Sessions.GRACE);
        assertThat(sessions.create(NONCE).id()).isEqualTo(session.id());
        now = now.plusMillis(1);
        assertThat(sessions.create(NONCE).id()).isNotEqualTo(session.id());
        assertThat(sessions.resume(text).orElseThrow().id()).isEqualTo(session.id());
    }

    @Test
    void aNonceIsGoodForNoLongerThanAText() {
        String id = sessions.create(NONCE).id();

        now = now.plus(AGE);
        assertThat(sessions.create(NONCE).id()).isNotEqualTo(id);
    }

    @Test
    void theLongestTextFitsIntoAHello() {
        String name = "\ud840\udc00".repeat(64);
        String text = sessions.issue(sessions.create(), new UserName(name));

        assertThat(text).hasSizeLessThanOrEqualTo(208);
        assertThat(new ClientMessage.Hello(null, null, null, text).session()).isEqualTo(text);
        assertThat(sessions.resume(text).orElseThrow().name()).isEqualTo(new UserName(name));
    }

    @Test
    void aTextIsFoundInWhateverStandsAroundIt() {
        String text = sessions.issue(sessions.create(), ANN);

        assertThat(Sessions.appearIn("data: {\"session\":\"" + text + "\"}")).isTrue();
        assertThat(Sessions.appearIn(text)).isTrue();
        assertThat(Sessions.appearIn("ps1. Please, look at ps1.txt")).isFalse();
    }

    @Test
    void aSessionInALogShowsNoSecret() {
        SessionSecret session = sessions.create();

        assertThat(session.toString()).doesNotContain(session.id());
    }
}
