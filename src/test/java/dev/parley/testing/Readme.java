package dev.parley.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The examples in the README. */
public final class Readme {
    private static final Path FILE = Path.of("README.md");
    private static final String FENCE = "```";

    private Readme() {}

    public static String text() throws IOException {
        return Files.readString(FILE);
    }

    /**
     * The first example that has a text in it.
     *
     * @param language as behind the fence, such as {@code java}
     * @throws AssertionError where there is none
     */
    public static String example(String language, String text) throws IOException {
        return Pattern.compile("^" + FENCE + language + "\\n(.*?)^" + FENCE + "$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text())
                .results()
                .map(example -> example.group(1))
                .filter(example -> example.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + language + " with " + text + " in " + FILE));
    }
}
