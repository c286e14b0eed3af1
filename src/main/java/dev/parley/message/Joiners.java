package dev.parley.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides whether a joiner in a name is visible: whether it changes how the word looks, by RFC 5892 appendix A.1 and A.2,
 * with the data of Unicode 17.0. Immutable. The data is read when a name with a joiner is checked for the first time.
 */
final class Joiners {
    static final int NON_JOINER = 0x200C;
    static final int JOINER = 0x200D;

    private static final String FILE = "joining.txt";
    private static final int HEX = 16;
    private static final char NONE = 'U';
    private static final char VIRAMA = 'V';

    /** Each range, under its first character. */
    private static final TreeMap<Integer, Kind> KINDS = new TreeMap<>();

    /** @param end the last character of the range */
    private record Kind(int end, char kind) {}

    static {
        for (String line : lines()) {
            String[] parts = line.split("[- ]");
            int end = Integer.parseInt(parts[parts.length - 2], HEX);
            KINDS.put(Integer.parseInt(parts[0], HEX), new Kind(end, parts[parts.length - 1].charAt(0)));
        }
    }

    private Joiners() {}

    static boolean isJoiner(int codePoint) {
        return codePoint == NON_JOINER || codePoint == JOINER;
    }

    /**
     * Whether the joiner at this place is visible: it follows a virama, or it is a non-joiner between two letters that would
     * be joined without it.
     */
    static boolean hasEffect(int[] name, int place) {
        if (place > 0 && kind(name[place - 1]) == VIRAMA) {
            return true;
        }
        return name[place] == NON_JOINER && meets(name, place, -1, "LD") && meets(name, place, 1, "RD");
    }

    /** Whether the next letter in this direction joins in one of these ways. Marks between are skipped. */
    private static boolean meets(int[] name, int place, int step, String ways) {
        int next = place + step;
        while (next >= 0 && next < name.length && Character.getType(name[next]) == Character.NON_SPACING_MARK) {
            next += step;
        }
        return next >= 0 && next < name.length && ways.indexOf(kind(name[next])) >= 0;
    }

    private static char kind(int codePoint) {
        Map.Entry<Integer, Kind> range = KINDS.floorEntry(codePoint);
        return range == null || range.getValue().end < codePoint ? NONE : range.getValue().kind;
    }

    private static List<String> lines() {
        try (BufferedReader file = new BufferedReader(
                new InputStreamReader(Joiners.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            return file.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }
}
