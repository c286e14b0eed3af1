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
 * Which character looks like which others: the data of UTS 39 (Unicode 17.0), for the characters that a name may
 * contain. Immutable.
 *
 * <p>The data is read once, when this class is first used: about 4,500 lines.
 */
final class Confusables {
    private static final String FILE = "confusables.txt";
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int HEX = 16;

    /** In ascending order. */
    private static final int[] SOURCES;

    /** What stands for the source at the same place. */
    private static final String[] TARGETS;

    static {
        List<String> lines = lines();
        SOURCES = new int[lines.size()];
        TARGETS = new String[lines.size()];
        // Many characters look like one and the same.
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
     * The characters that look like {@code codePoint}, an empty text where it shows as nothing, or null where it stands
     * for itself.
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
