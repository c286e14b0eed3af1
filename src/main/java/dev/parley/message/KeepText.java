package dev.parley.message;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the bounds of a {@link Keep} from texts such as {@code 30 days}, and writes them. Not thread-safe. */
final class KeepText {
    private static final Pattern BOUND = Pattern.compile("([0-9]{1,12}) *([A-Za-z]+)");
    private static final String OF_ATTACHMENTS = "attachments ";
    static final Duration MOST = Duration.ofDays(36_500);
    private static final long MOST_BYTES = 1_000_000L * 1_000_000_000;
    private static final String DAYS = "days";
    private static final String ENTRIES = "entries";
    private static final String BYTES = "bytes";
    private static final String ATTACHMENTS = "attachments";

    private static final String FOREVER = "forever";
    private static final long MILLIS_OF_DAY = Duration.ofDays(1).toMillis();

    private final Map<String, Long> bounds = new HashMap<>();

    private KeepText() {}

    /**
     * @return the bounds: milliseconds, entries, bytes, and milliseconds of attachments
     * @throws ParleyException if these are no bounds
     */
    static long[] parse(String text) {
        KeepText bounds = new KeepText();
        if (!text.equals(FOREVER)) {
            Stream.of(text.split(",", -1)).map(String::strip).forEach(bounds::add);
        }
        return Stream.of(DAYS, ENTRIES, BYTES, ATTACHMENTS)
                .mapToLong(bounds::bound)
                .toArray();
    }

    /** The text of what {@link #parse} returns. */
    static String of(long... bounds) {
        String text = Stream.of(
                        age("", bounds[0]),
                        bound(bounds[1], ENTRIES),
                        bound(bounds[2], BYTES),
                        age(OF_ATTACHMENTS, bounds[3]))
                .filter(bound -> !bound.isEmpty())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? FOREVER : text;
    }

    private static String age(String of, long millis) {
        if (millis == Keep.UNBOUNDED) {
            return "";
        }
        return of
                + (millis % MILLIS_OF_DAY == 0
                        ? millis / MILLIS_OF_DAY + " " + DAYS
                        : Duration.ofMillis(millis).toString());
    }

    private static String bound(long bound, String kind) {
        return bound == Keep.UNBOUNDED ? "" : bound + " " + kind;
    }

    /** @throws ParleyException if this is no bound, or the second one of its kind */
    private void add(String text) {
        if (text.equals(FOREVER)) {
            throw ParleyException.badRequest("forever stands alone, without another bound");
        }
        boolean ofAttachments = text.startsWith(OF_ATTACHMENTS);
        Matcher bound = BOUND.matcher(
                ofAttachments ? text.substring(OF_ATTACHMENTS.length()).strip() : text);
        if (!bound.matches()) {
            throw noBound(text);
        }
        long number = Long.parseLong(bound.group(1));
        if (ofAttachments) {
            addAttachments(text, number, bound.group(2));
            return;
        }
        switch (bound.group(2)) {
            case "day", "days" -> add(DAYS, days(number));
            case "entry", "entries" -> add(ENTRIES, number);
            case "KB" -> add(BYTES, bytes(number, 1_000));
            case "MB" -> add(BYTES, bytes(number, 1_000_000));
            case "GB" -> add(BYTES, bytes(number, 1_000_000_000));
            default -> throw noBound(text);
        }
    }

    private void addAttachments(String text, long number, String unit) {
        if (!unit.equals("day") && !unit.equals("days")) {
            throw ParleyException.badRequest(
                    "'" + text + "': attachments have a bound in days alone, such as attachments 30 days");
        }
        add(ATTACHMENTS, days(number));
    }

    private static ParleyException noBound(String text) {
        return ParleyException.badRequest("'" + text + "' is not forever, and no number of days, entries, KB, MB or GB,"
                + " such as 30 days, 100000 entries or 2 GB");
    }

    private static long days(long number) {
        if (number > MOST.toDays()) {
            throw ParleyException.badRequest("there may be at most " + MOST.toDays() + " days");
        }
        return Duration.ofDays(number).toMillis();
    }

    private static long bytes(long number, long unit) {
        if (number > MOST_BYTES / unit) {
            throw ParleyException.badRequest("there may be at most " + MOST_BYTES / 1_000_000_000 + " GB");
        }
        return number * unit;
    }

    private void add(String kind, long bound) {
        if (bounds.put(kind, bound) != null) {
            throw ParleyException.badRequest("it has two bounds for " + kind);
        }
    }

    private long bound(String kind) {
        return bounds.getOrDefault(kind, Keep.UNBOUNDED);
    }
}
