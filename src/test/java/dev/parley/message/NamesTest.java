package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.UnicodeData;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the names of new users and new rooms may be. */
class NamesTest {
    @Test
    void theFileOfJoiningIsWhatIcuKnows() throws IOException {
        assertThat(UnicodeData.read(UnicodeData.JOINING)).isEqualTo(UnicodeData.joining());
    }

    /** Joining goes past marks that take no room. Two marks of scripts that don't join do since Unicode 14. */
    @Test
    void theMarksThatJoiningGoesPastAreThoseOfIcu() {
        assertThat(IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
                        .filter(c -> Character.getType(c) == Character.NON_SPACING_MARK
                                || Character.getType(c) == Character.COMBINING_SPACING_MARK)
                        .filter(c ->
                                UnicodeData.isTransparent(c) != (Character.getType(c) == Character.NON_SPACING_MARK))
                        .boxed())
                .isSubsetOf(0x1734, 0x1171E);
    }

    @Test
    void aJoinerStandsWhereItChangesSomething() {
        // Persian; the same with a vowel mark before the non-joiner; Hindi and Sinhala behind a virama.
        mayBeChosen("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645");
        mayBeChosen("\u0645\u06cc\u0650\u200c\u062e");
        mayBeChosen("\u0915\u094d\u200d\u0937");
        mayBeChosen("\u0915\u094d\u200c\u0937");
        mayBeChosen("\u0dc1\u0dca\u200d\u0dbb\u0dd3");
    }

    @Test
    void aJoinerStandsNowhereElse() {
        // Between Latin letters, behind a letter that joins nothing to its left, before a digit, and behind a vowel.
        mayNotBeChosen("a\u200cnn");
        mayNotBeChosen("a\u200dnn");
        mayNotBeChosen("\u06a9\u0627\u0631\u200c\u062e\u0627\u0646\u0647");
        mayNotBeChosen("\u0645\u06cc\u200d\u062e");
        mayNotBeChosen("\u0915\u093e\u200d\u0937");
    }

    @Test
    void aFormIsSelectedOnlyWhereThereAreForms() {
        mayBeChosen("\u845b\udb40\udd00");
        mayBeChosen("\u1820\u180b");
        mayNotBeChosen("ann\ufe0f");
        mayNotBeChosen("ann\udb40\udd00");
        mayNotBeChosen("a\u180bnn");
        mayNotBeChosen("a\u034fnn");
        mayNotBeChosen("\u1780\u17b5");
    }

    @Test
    void fillersMixedScriptsAndNamesWithoutALetterAreNot() {
        for (String name : new String[] {"\u3164", "\uffa0", "\u115f", "...", "-", "_", "\u0430nn", "ann\u03b1"}) {
            mayNotBeChosen(name);
        }
        mayBeChosen("ann.2");
        mayBeChosen("\u5f20\u4f1f-ann");
        mayBeChosen("7");
    }

    private static void mayBeChosen(String name) {
        assertThatCode(() -> UserName.chosen(name)).as(name).doesNotThrowAnyException();
        assertThatCode(() -> new RoomName(name).checkNew()).as(name).doesNotThrowAnyException();
    }

    private static void mayNotBeChosen(String name) {
        assertThatThrownBy(() -> UserName.chosen(name)).as(name).isInstanceOf(ParleyException.class);
        // Who asks for a room that is there already is not refused.
        RoomName room = new RoomName(name);
        assertThatThrownBy(room::checkNew).as(name).isInstanceOf(ParleyException.class);
    }
}
