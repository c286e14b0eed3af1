package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import dev.parley.testing.UnicodeData;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SkeletonTest {
    /** A mark is in a name only behind a letter; this one is its own skeleton. */
    private static final String LETTER = "a";

    private static final List<String> CHARACTERS = IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
            .mapToObj(Character::toString)
            .filter(text -> isName(LETTER + text + LETTER))
            .toList();

    private static boolean isName(String text) {
        try {
            new UserName(text);
            return true;
        } catch (ParleyException e) {
            return false;
        }
    }

    @Test
    void theFileIsWhatIcuKnows() throws IOException {
        assertThat(UnicodeData.read(UnicodeData.CONFUSABLES)).isEqualTo(UnicodeData.confusables());
    }

    @Test
    void theSkeletonOfEachCharacterOfNamesIsIcus() {
        assertThat(CHARACTERS).hasSizeGreaterThan(100_000);
        assertThat(CHARACTERS)
                .filteredOn(text -> !Skeleton.of(LETTER + text).equals(UnicodeData.skeleton(LETTER + text)))
                .isEmpty();
    }

    /** Marks change places when they are decomposed, and so do those that a character is replaced by. */
    @Test
    void theSkeletonOfLongerTextsIsIcus() {
        Random random = new Random(39);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(LETTER);
            random.ints(8, 0, CHARACTERS.size()).mapToObj(CHARACTERS::get).forEach(text::append);
            assertThat(Skeleton.of(text.toString())).isEqualTo(UnicodeData.skeleton(text.toString()));
        }
    }

    @Test
    void whatUnicodeFoldsIsEqual() {
        assertThat(CHARACTERS)
                .filteredOn(text -> !Skeleton.fold(text).equals(Skeleton.fold(UCharacter.foldCase(text, true)))
                        || !Skeleton.fold(text).equals(Skeleton.fold(Skeleton.fold(text))))
                .isEmpty();
    }

    @Test
    void namesThatLookAlikeOrDifferInCaseAreAlike() {
        assertAlike("ann", "Ann", "ANN", "\u0410nn", "\u0251nn", "a\u0578\u0578");
        assertAlike("Ian", "ian");
        assertAlike("Ian", "lan");
        assertAlike("IAN", "1an");
        assertAlike("Oscar", "0scar", "oscar", "\u041escar");
        assertAlike("burn", "bum", "BURN");
        assertAlike("Jos\u00e9", "JOSE\u0301", "j\u043es\u00e9");
        assertAlike("stra\u00dfe", "STRASSE");
        assertAlike("\u03c3\u03c9\u03c3", "\u03a3\u03a9\u03a3", "\u03c3\u03c9\u03c2");
        // Persian with and without a non-joiner, and an ideograph with a selector of its form.
        assertAlike("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u062e");
        assertAlike("\u845b", "\u845b\udb40\udd00");
        assertAlike("ann-10", "ann-lO");
    }

    @Test
    void otherNamesAreNot() {
        assertDiffer("ian", "lan");
        assertDiffer("ann", "anna", "an", "hann");
        assertDiffer("jose", "jos\u00e9");
        assertDiffer("ann-2", "ann-3");
        assertDiffer("\u5f20\u4f1f", "\u5f20\u5a01");
    }

    private static void assertAlike(String first, String... others) {
        for (String other : others) {
            assertThat(areAlike(first, other)).as(first + " and " + other).isTrue();
        }
    }

    private static void assertDiffer(String first, String... others) {
        for (String other : others) {
            assertThat(areAlike(first, other)).as(first + " and " + other).isFalse();
        }
    }

    private static boolean areAlike(String one, String other) {
        return !Collections.disjoint(Skeleton.of(new UserName(one)), Skeleton.of(new UserName(other)));
    }
}
