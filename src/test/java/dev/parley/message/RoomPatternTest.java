package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomPatternTest {
    @ParameterizedTest
    @CsvSource({
        "lobby, lobby, true",
        "lobby, Lobby, false",
        "lobby, lobby-2, false",
        "support-*, support-7, true",
        "support-*, support-, true",
        "support-*, support, false",
        "support-*, my-support-7, false",
        "*, anything, true",
        "*-notes, ann-notes, true",
        "*-notes, ann-notes-2, false",
        "a*b*c, abc, true",
        "a*b*c, a-b-b-c, true",
        "a*b*c, acb, false",
        "a**c, ac, true",
        "*.*, a.b, true",
        "*.*, ab, false",
        "jardín-*, jardín-1, true"
    })
    void aStarStandsForAnyNumberOfCharacters(String pattern, String room, boolean matches) {
        assertThat(new RoomPattern(pattern).matches(new RoomName(room))).isEqualTo(matches);
    }

    @Test
    void aPatternIsInNfcAsNamesAre() {
        assertThat(new RoomPattern("jardi\u0301n-*").matches(new RoomName("jard\u00edn-1")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "@ann", "a?", "a/b", "a*#", "\u0301*", "*\u0301"})
    void aPatternHasNothingThatNamesHaveNot(String pattern) {
        assertThatThrownBy(() -> new RoomPattern(pattern))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("a pattern for rooms");
    }

    @Test
    void aPatternIsAsLongAsANameAtMost() {
        assertThat(new RoomPattern("*".repeat(64)).matches(RoomName.LOBBY)).isTrue();
        assertThatThrownBy(() -> new RoomPattern("a".repeat(65))).isInstanceOf(ParleyException.class);
        assertThatThrownBy(() -> new RoomPattern("a".repeat(1 << 20))).isInstanceOf(ParleyException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "*, lobby, true",
        "*, a-*, true",
        "a*, a-*, true",
        "a-*, a*, false",
        "*a*, b*a, true",
        "a*b, a*b, true",
        "a*b, a**b, true",
        "lobby, lobby, true",
        "lobby, *, false",
        "*-a, a-*, false"
    })
    void aPatternCoversAnotherWhereItMatchesAllOfItsRooms(String pattern, String other, boolean covers) {
        assertThat(new RoomPattern(pattern).covers(new RoomPattern(other))).isEqualTo(covers);
    }
}
