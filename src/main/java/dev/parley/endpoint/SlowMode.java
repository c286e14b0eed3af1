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

    /** The last message of a member: its id, when it came, and until when it counts, as {@link System#nanoTime}. */
    static final class Pass {
        private final String member;
        private final String id;
        private final long at;
        private final long until;

        private Pass(String member, String id, long at, long until) {
            this.member = member;
            this.id = id;
            this.at = at;
            this.until = until;
        }
    }

    /** In the order of the last messages. */
    private final Map<String, Pass> byMember = new LinkedHashMap<>();

    /**
     * A member sends a message. The last message with the same id may come again, for example after a broken connection: the log
     * stores it once.
     *
     * @param user the key of the user
     * @param id the client's id for the message; or null
     * @param slow the least time between two messages; more than nothing
     * @return for {@link #undo}
     * @throws ParleyException with {@code tooFast} and the time to wait
     */
    synchronized Pass pass(RoomName room, String user, String id, Duration slow, long now) {
        String member = member(room, user);
        Pass before = byMember.get(member);
        long left = before == null ? 0 : before.at + slow.toNanos() - now;
        if (left > 0 && id != null && id.equals(before.id)) {
            Pass again = new Pass(member, id, before.at, before.until);
            byMember.put(member, again);
            return again;
        }
        if (left > 0) {
            throw new ParleyException(
                    ErrorCode.TOO_FAST,
                    "the room " + room + " is slow: one message in " + seconds(slow) + ". Your next one can come in "
                            + seconds(Duration.ofNanos(left).plusNanos(999_999_999)));
        }
        Pass pass = new Pass(member, id, now, now + slow.toNanos());
        byMember.remove(member);
        byMember.put(member, pass);
        makePlace(now);
        return pass;
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + (time.toSeconds() == 1 ? " second" : " seconds");
    }

    /** The message was not stored. Does nothing if another message of the member, or a repeat of this one, came after it. */
    synchronized void undo(Pass pass) {
        byMember.remove(pass.member, pass);
    }

    private void makePlace(long now) {
        Iterator<Pass> eldest = byMember.values().iterator();
        while (eldest.hasNext()) {
            boolean isOver = eldest.next().until - now <= 0;
            if (!isOver && byMember.size() <= MOST) {
                return;
            }
            eldest.remove();
        }
    }
}
