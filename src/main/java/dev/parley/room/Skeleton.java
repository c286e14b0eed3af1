package dev.parley.room;

import dev.parley.message.UserName;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Computes texts by which names are compared: two names that look alike have one of these texts in common. Pure functions. */
final class Skeleton {
    /** Every text of smaller characters is in NFD. */
    private static final int FIRST_DECOMPOSED = 0xC0;

    private Skeleton() {}

    /**
     * The texts by which a name is compared. Two names are alike if they have one of these texts in common. A name has one or
     * two: one for the look of the name itself, and one for its look in lower case. Both have no upper case.
     *
     * <p>One text is not enough. {@code Ian} looks like {@code lan}, and {@code Ian} differs from {@code ian} only in case. But
     * {@code ian} and {@code lan} are two different names.
     */
    static Set<String> of(UserName name) {
        String folded = fold(name.value());
        String caseless = fold(of(folded));
        String shown = folded.equals(name.value()) ? caseless : fold(of(name.value()));
        return shown.equals(caseless) ? Set.of(caseless) : Set.of(shown, caseless);
    }

    /** The skeleton of UTS 39 section 4: the text in NFD, with each character replaced by the characters that look like it. */
    static String of(String text) {
        StringBuilder skeleton = new StringBuilder(text.length());
        decomposed(text).codePoints().forEach(c -> {
            String target = Confusables.of(c);
            if (target == null) {
                skeleton.appendCodePoint(c);
            } else {
                skeleton.append(target);
            }
        });
        return decomposed(skeleton.toString());
    }

    /**
     * Makes two texts equal if they differ only in upper and lower case. Java has no case folding. Three steps have the same
     * result: lower case of the text, then upper case of the text (ẞ becomes ß, and ß becomes SS), then lower case of each
     * character.
     */
    static String fold(String text) {
        String upper = text.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(upper.length());
        // toLowerCase of the whole text would make another letter of a Greek sigma at the end of a word.
        upper.codePoints().map(Character::toLowerCase).forEach(folded::appendCodePoint);
        return folded.toString();
    }

    private static String decomposed(String text) {
        return text.chars().allMatch(c -> c < FIRST_DECOMPOSED)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFD);
    }
}
