package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantTest {
    @Test
    void wordsStandForPermissions() {
        assertThat(Grant.ofWords(List.of("say", "read")).permissions())
                .containsExactlyInAnyOrder(Permission.READ, Permission.SAY);
        assertThat(Grant.ofWords(List.of("all")).permissions())
                .containsExactlyInAnyOrder(Permission.READ, Permission.SAY, Permission.ATTACH);
        assertThat(Grant.ofWords(List.of("none")).permissions()).isEmpty();
        assertThat(Grant.ofWords(List.of()).permissions()).isEmpty();
    }

    /** The meaning of "all" never grows. */
    @Test
    void moderateIsGivenByItsOwnWordOnly() {
        assertThat(Grant.all().allows(Permission.MODERATE)).isFalse();
        assertThat(Grant.ofWords(List.of("all")).allows(Permission.MODERATE)).isFalse();
        assertThat(Grant.ofWords(List.of("all", "moderate")).allows(Permission.MODERATE))
                .isTrue();
    }

    @Test
    void sayIncludesSignal() {
        assertThat(Grant.ofWords(List.of("read", "say")).allows(Permission.SIGNAL))
                .isTrue();
        assertThat(Grant.ofWords(List.of("read", "say", "signal"))).isEqualTo(Grant.ofWords(List.of("read", "say")));
        assertThat(Grant.ofWords(List.of("read", "signal")).permissions())
                .containsExactlyInAnyOrder(Permission.READ, Permission.SIGNAL);
        assertThat(Grant.read().allows(Permission.SIGNAL)).isFalse();
    }

    @Test
    void whatIsNoPermissionIsNamed() {
        refused("sya", "'sya' is no permission");
        refused("administer", "there are read, say, attach, signal, moderate, all, none and quota:N");
        refused("READ", "'READ' is no permission");
    }

    /** The sentence may become the reason of a close frame, which has 123 bytes. */
    @Test
    void theSentenceAboutAnUnknownWordIsShortAndInAscii() {
        assertThatThrownBy(() -> Grant.ofWords(List.of("é".repeat(5_000)))).satisfies(failure -> {
            assertThat(failure.getMessage()).hasSizeLessThan(120).matches("[ -~]+");
        });
    }

    /** The writer of "say" alone may want a room that nobody reads. Adding "read" would open it. */
    @Test
    void readingIsNeverAddedSilently() {
        assertThatThrownBy(() -> Grant.ofWords(List.of("say")))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("without 'read'");
    }

    @Test
    void noneStandsAlone() {
        assertThatThrownBy(() -> Grant.ofWords(List.of("none", "read"))).hasMessageContaining("'none' stands alone");
    }

    @Test
    void aWordGivesManyTimesTheQuotas() {
        assertThat(Grant.all().quota()).isEqualTo(1);
        Grant more = Grant.ofWords(List.of("all", "quota:10", "quota:3"));
        assertThat(more.quota()).isEqualTo(10);
        assertThat(more.goodFor(Grant.LEAST).because("so").quota()).isEqualTo(10);
        assertThat(more.permissions()).isEqualTo(Grant.all().permissions());
        assertThat(Grant.ofWords(List.of("quota:1000"))).isEqualTo(Grant.none().withQuota(1_000));
        for (String wrong : List.of("", "0", "-1", "1001", "99999999999", "ten", "٣", "1.5")) {
            refused("quota:" + wrong, "after 'quota:' stands a number from 1 to 1000");
        }
        assertThatThrownBy(() -> Grant.all().withQuota(0)).isInstanceOf(ParleyException.class);
        assertThatThrownBy(() -> Grant.all().withQuota(1_001)).isInstanceOf(ParleyException.class);
    }

    private static void refused(String word, String sentence) {
        assertThatThrownBy(() -> Grant.ofWords(List.of("read", word)))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining(sentence);
    }
}
