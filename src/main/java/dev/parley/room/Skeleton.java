package dev.parley.room;

import dev.parley.message.UserName;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** What names look like, so that two names that look alike can be told from two that differ. Pure functions. */
final class Skeleton {
    /** Below it a text is in NFD. */
    private static final int FIRST_DECOMPOSED = 0xC0;

    private Skeleton() {}

    /**
     * The texts by which a name is compared: two names are alike where they have one of these in common. There are one or
     * two: what the name looks like as it stands, and what it looks like in lower case; both without upper case.
     *
     * <p>One is not enough. {@code Ian} looks like {@code lan}, and differs from {@code ian} in case only, but
     * {@code ian} and {@code lan} are two names.
     */
    static Set<String> of(UserName name) {
        String folded = fold(name.value());
        String caseless = fold(of(folded));
        String shown = folded.equals(name.value()) ? caseless : fold(of(name.value()));
        return shown.equals(caseless) ? Set.of(caseless) : Set.of(shown, caseless);
    }

    /** The skeleton of UTS 39 section 4: in NFD, each character replaced by those that it looks like. */
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
     * Makes texts equal that differ only in upper and lower case. Java has no case folding. Lower case and then upper
     * case, which know that ẞ is ß and that ß is SS, and then lower case for each character make the same texts equal.
     */
    static String fold(String text) {
        String upper = text.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(upper.length());
        // Not the whole text at once: that makes one of two letters of a Greek sigma at the end of a word.
        upper.codePoints().map(Character::toLowerCase).forEach(folded::appendCodePoint);
        return folded.toString();
    }

    private static String decomposed(String text) {
        return text.chars().allMatch(c -> c < FIRST_DECOMPOSED)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFD);
    }
}
