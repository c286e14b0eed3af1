package dev.parley.access;

import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What callers read about their bans and mutes. In ASCII, because a sentence may become the reason of a close. Stateless. */
final class Sentences {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Sentences() {}

    /** @param room null for the whole server */
    static String banned(RoomName room, Instant end) {
        return "you are banned from " + (room == null ? "this server" : "the room " + room) + until(end);
    }

    static String muted(RoomName room, Instant end) {
        return "you are muted in the room " + room + until(end);
    }

    /** The same for a room that nobody has made: nobody learns which closed rooms there are. */
    static String noMember(RoomName room) {
        return "you are not a member of the room " + room + "; a new room must be created first";
    }

    private static String until(Instant end) {
        return end.equals(Standing.FOREVER) ? "" : " until " + TIME.format(end);
    }
}
