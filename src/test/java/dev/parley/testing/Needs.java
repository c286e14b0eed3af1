package dev.parley.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test needs of the machine: it is left out loudly where that is missing, and fails where CI is {@code true}. */
public final class Needs {
    private Needs() {}

    /**
     * @param test what can't be tested else
     * @param lack what is missing, where {@code present} is false
     */
    public static void that(boolean present, String test, String lack) {
        String sentence = "NOT TESTED: " + test + ", for lack of " + lack;
        if (!present && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(sentence);
        }
        if (!present) {
            System.err.println(sentence);
        }
        assumeTrue(present, sentence);
    }
}
