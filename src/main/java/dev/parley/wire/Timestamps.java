package dev.parley.wire;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;

/** Times as the protocol writes them: ISO-8601, UTC, always three digits of milliseconds. Pure functions. */
final class Timestamps {
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Timestamps() {}

    static String format(Instant time) {
        return MILLISECONDS.format(time);
    }

    /** @throws ParleyException with {@code badRequest} if the text is no time in UTC */
    static Instant parse(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ParleyException(ErrorCode.BAD_REQUEST, field + " must be a time in ISO-8601 and UTC", e);
        }
    }
}
