package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Caller.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerIdTest {
    private static final String SMALL = "a".repeat(CallerId.MOST_CHARS);
    /** Three bytes each. */
    private static final String LARGE = "\u4f60".repeat(170);

    @ParameterizedTest
    @ValueSource(strings = {"a", "ann@example.com", "CN=Ann, O=\"Example\"", "Zo\u00eb \ud83d\ude00"})
    void anIdMayHaveManyForms(String id) {
        assertThat(CallerId.isValid(id)).isTrue();
        assertThat(new CallerId(Kind.USER, id).id()).isEqualTo(id);
    }

    @Test
    void anIdMayHaveSoManyCharactersAndSoManyBytes() {
        assertThat(CallerId.isValid(SMALL)).isTrue();
        assertThat(CallerId.isValid(SMALL + "a")).isFalse();
        assertThat(CallerId.isValid(LARGE + "aa")).isTrue();
        assertThat(CallerId.isValid(LARGE + "aaa")).isFalse();
    }

    /** No parameters: a report can't have these texts in it. */
    @Test
    void anIdIsAVisibleText() {
        assertThat(List.of("", " ", "\t", "ann\n", "\u0000", "\u0085", "\ud83d", "\ude00a"))
                .allSatisfy(id -> {
                    assertThat(CallerId.isValid(id)).isFalse();
                    assertThatThrownBy(() -> new CallerId(Kind.APPLICATION, id)).isInstanceOf(ParleyException.class);
                });
    }

    @Test
    void theIdOfAGuestIsNotChecked() {
        assertThat(new CallerId(Kind.GUEST, "").isGuest()).isTrue();
        assertThat(new CallerId(Kind.GUEST, "a".repeat(1_000)).isGuest()).isTrue();
    }
}
