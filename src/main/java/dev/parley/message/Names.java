package dev.parley.message;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The rules for names, the same for rooms and users. Pure functions. */
final class Names {
    static final int MAX_LENGTH = 64;

    /** Every text of smaller characters is in NFC. */
    private static final int FIRST_COMBINING = 0x300;
    /** Invisible characters that no name needs: the fillers of Hangul, a joiner of marks, and two vowels of Khmer. */
    private static final Set<Integer> FILLERS = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F, 0x17B4, 0x17B5);
    /** The scripts that may be mixed in a name: UTS 39 section 5.2, "highly restrictive". */
    private static final List<Set<UnicodeScript>> MIXTURES = List.of(
            Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    private Names() {}

    /**
     * Returns a name in NFC. The result has 1 to 64 characters (code points): letters with their combining marks and joiners,
     * digits, {@code .}, {@code _} or {@code -}.
     *
     * @throws ParleyException with {@code badRequest} for any other text
     */
    static String check(String what, String name) {
        // A character takes one or two chars. This bounds the work below for a text of any length.
        String normal = name.length() > 2 * MAX_LENGTH ? "" : normal(name);
        if (normal.isEmpty() || normal.codePointCount(0, normal.length()) > MAX_LENGTH || !isName(normal)) {
            throw ParleyException.badRequest(what + " must have 1 to " + MAX_LENGTH
                    + " characters: letters with their marks, digits, '.', '_' or '-'");
        }
        return normal;
    }

    /** Checks the additional rules for the name of a new user or room. A stored name may be older than these rules. */
    static void checkChosen(String what, String name) {
        int[] codePoints = name.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            if (Joiners.isJoiner(codePoints[i]) && !Joiners.hasEffect(codePoints, i)) {
                throw ParleyException.badRequest(what + " must not contain a joiner that changes nothing");
            }
            if (FILLERS.contains(codePoints[i])
                    || isSelector(codePoints[i]) && !mayHaveSelector(codePoints[i - 1], codePoints[i])) {
                throw ParleyException.badRequest(what + " must not contain characters that show as nothing");
            }
        }
        if (name.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw ParleyException.badRequest(what + " must contain a letter or a digit");
        }
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        name.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
        if (scripts.size() > 1 && MIXTURES.stream().noneMatch(mixture -> mixture.containsAll(scripts))) {
            throw ParleyException.badRequest(
                    what + " must not mix letters of different scripts, such as Latin and Cyrillic");
        }
    }

    static String normal(String name) {
        return name.chars().allMatch(c -> c < FIRST_COMBINING) ? name : Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    static boolean isName(String name) {
        int before = '.';
        for (int i = 0; i < name.length(); i += Character.charCount(before)) {
            int c = name.codePointAt(i);
            if (!allowed(before, c) || Joiners.isJoiner(before) && !Character.isLetter(c)) {
                return false;
            }
            before = c;
        }
        return !Joiners.isJoiner(before);
    }

    /** Whether {@code c} may stand behind {@code before}. */
    static boolean allowed(int before, int c) {
        return Character.isLetterOrDigit(c)
                || c == '.'
                || c == '_'
                || c == '-'
                || (isMark(c) || Joiners.isJoiner(c)) && (Character.isLetter(before) || isMark(before));
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** Whether {@code c} is a variation selector: it selects another form of the character before it. */
    private static boolean isSelector(int c) {
        return c >= 0xFE00 && c <= 0xFE0F || c >= 0x180B && c <= 0x180F || c >= 0xE0100 && c <= 0xE01EF;
    }

    /** In names, ideographs and Mongolian letters have variations. */
    private static boolean mayHaveSelector(int before, int selector) {
        UnicodeScript script = UnicodeScript.of(before);
        return selector < 0x1810 ? script == UnicodeScript.MONGOLIAN : script == UnicodeScript.HAN;
    }
}
