package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When each member of a slow room may send its next message. All connections of one user share that. Thread-safe.
 *
 * <p>It remembers at most {@value #MOST} members. If there are more, the one that has waited for the longest time may send at
 * once. A restart of the server forgets all.
 */
final class SlowMode {
    static final int MOST = 100_000;

    /** A text, because a record as a key keeps the classes of its components in a cache of the JDK. No id and no name has a line break. */
    private static String member(RoomName room, String user) {
        return room.value() + "\n" + user;
    }

    /** The last message of a member: when it came, and until when it counts, as {@link System#nanoTime}. */
    private record Last(long at, long until) {}

    /** In the order of the last messages. */
    private final Map<String, Last> byMember = new LinkedHashMap<>();

    /**
     * A member sends a message.
     *
     * @param user the key of the user
     * @param slow the least time between two messages; more than nothing
     * @throws ParleyException with {@code tooFast} and the time to wait
     */
    synchronized void pass(RoomName room, String user, Duration slow, long now) {
        String member = member(room, user);
        Last before = byMember.get(member);
        long left = before == null ? 0 : before.at + slow.toNanos() - now;
        if (left > 0) {
            throw new ParleyException(
                    ErrorCode.TOO_FAST,
                    "the room " + room + " is slow: one message in " + seconds(slow) + ". Your next one can come in "
                            + seconds(Duration.ofNanos(left).plusNanos(999_999_999)));
        }
        byMember.remove(member);
        byMember.put(member, new Last(now, now + slow.toNanos()));
        makePlace(now);
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + (time.toSeconds() == 1 ? " second" : " seconds");
    }

    /** The message was not stored. */
    synchronized void undo(RoomName room, String user) {
        byMember.remove(member(room, user));
    }

    private void makePlace(long now) {
        Iterator<Last> eldest = byMember.values().iterator();
        while (eldest.hasNext()) {
            boolean isOver = eldest.next().until - now <= 0;
            if (!isOver && byMember.size() <= MOST) {
                return;
            }
            eldest.remove();
        }
    }
}
