package dev.parley.room;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The characters that look alike: the data of UTS 39 (Unicode 17.0), for all characters that a name may contain. Immutable.
 *
 * <p>The data has about 4,500 lines. It is read when this class is used for the first time.
 */
final class Confusables {
    private static final String FILE = "confusables.txt";
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int HEX = 16;

    /** In ascending order. */
    private static final int[] SOURCES;

    /** The replacement of the source at the same index. */
    private static final String[] TARGETS;

    static {
        List<String> lines = lines();
        SOURCES = new int[lines.size()];
        TARGETS = new String[lines.size()];
        // Many characters have the same replacement, and share its text.
        Map<String, String> shared = new HashMap<>();
        for (int i = 0; i < SOURCES.length; i++) {
            int[] codePoints = SPACE.splitAsStream(lines.get(i))
                    .mapToInt(hex -> Integer.parseInt(hex, HEX))
                    .toArray();
            SOURCES[i] = codePoints[0];
            TARGETS[i] = shared.computeIfAbsent(new String(codePoints, 1, codePoints.length - 1), text -> text);
        }
    }

    private Confusables() {}

    /**
     * The replacement of {@code codePoint}: the characters that look like it. It is an empty text if the character is
     * invisible, and null if the character is not replaced.
     */
    static String of(int codePoint) {
        int place = Arrays.binarySearch(SOURCES, codePoint);
        return place < 0 ? null : TARGETS[place];
    }

    private static List<String> lines() {
        try (BufferedReader file = new BufferedReader(
                new InputStreamReader(Confusables.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            return file.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }
}
