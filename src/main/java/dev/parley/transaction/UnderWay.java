package dev.parley.transaction;

import dev.parley.log.Draft;
import dev.parley.message.RoomName;
import java.util.HashMap;
import java.util.Map;

/**
 * The drafts that the log has taken, and that have no result yet. The log keeps the order of one sender, and the senders take turns.
 * So in each room these drafts are all of one sender: the draft of another one waits for them. Not thread-safe.
 */
final class UnderWay {
    private final Map<RoomName, OfRoom> rooms = new HashMap<>();

    private record OfRoom(String sender, int drafts) {}

    /** Whether a draft can be appended now: no other sender has drafts in its room. */
    boolean takes(Draft draft) {
        OfRoom known = rooms.get(draft.room());
        return known == null || known.sender.equals(draft.from().key());
    }

    void add(Draft draft) {
        rooms.merge(
                draft.room(),
                new OfRoom(draft.from().key(), 1),
                (known, one) -> new OfRoom(known.sender, known.drafts + 1));
    }

    /** The draft has its result. */
    void remove(Draft draft) {
        rooms.computeIfPresent(
                draft.room(), (room, known) -> known.drafts == 1 ? null : new OfRoom(known.sender, known.drafts - 1));
    }

    boolean isEmpty() {
        return rooms.isEmpty();
    }
}
