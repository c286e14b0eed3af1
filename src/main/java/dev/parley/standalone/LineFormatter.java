package dev.parley.standalone;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * Writes a record as one line, and after it the exception and its stack frames, one on each line after a tab.
 * Thread-safe.
 *
 * <p>Line breaks and other control characters in messages become {@code ?}. Messages of libraries quote texts of a
 * peer, which must not look like another line of the log, and must not send control codes to a terminal.
 */
final class LineFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    /** The most characters of a message, because some messages quote a whole frame. */
    private static final int MAX_MESSAGE = 2_000;

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder()
                .append(TIME.format(record.getInstant()))
                .append(' ')
                .append(record.getLevel().getName())
                .append(' ')
                .append(record.getLoggerName())
                .append(": ")
                .append(clean(formatMessage(record)));
        Set<Throwable> written = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable thrown = record.getThrown(); thrown != null && written.add(thrown); thrown = thrown.getCause()) {
            line.append(written.size() == 1 ? "\n\t" : "\n\tCaused by: ").append(clean(thrown.toString()));
            for (StackTraceElement frame : thrown.getStackTrace()) {
                line.append("\n\tat ").append(frame);
            }
        }
        return line.append('\n').toString();
    }

    private static String clean(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(MAX_MESSAGE)
                .forEach(character -> clean.appendCodePoint(isPlain(character) ? character : '?'));
        return clean.toString();
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
