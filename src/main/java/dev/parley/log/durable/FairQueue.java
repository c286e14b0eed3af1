package dev.parley.log.durable;

import dev.parley.log.Draft;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The drafts that wait to be written. The drafts of one sender keep their order, and the senders take turns, measured
 * in bytes (deficit round robin, M. Shreedhar and G. Varghese 1995). So a sender with many drafts delays only itself.
 * Not thread-safe.
 */
final class FairQueue {
    /** The bytes that one sender may write in one turn. */
    private static final long TURN_BYTES = 64 << 10;
    /** The bytes that a draft counts in addition to its body. */
    private static final long DRAFT_BYTES = 256;
    /**
     * While at most this many senders are known, a sender without drafts is kept, because most senders come again soon.
     */
    private static final int REMEMBERED = 10_000;

    private final Map<String, Sender> senders = new HashMap<>();
    /** The senders with drafts; it is the first one's turn. */
    private final ArrayDeque<Sender> turns = new ArrayDeque<>();

    private int size;
    private long bytes;

    private record Waiting(Draft draft, long weight) {}

    /** A sender that has drafts in this queue, or had some. */
    static final class Sender {
        private final String key;
        private final ArrayDeque<Waiting> drafts = new ArrayDeque<>(2);
        private long bytes;
        private long credit;

        private Sender(String key) {
            this.key = key;
        }

        /** The number of its drafts that wait. */
        int size() {
            return drafts.size();
        }

        /** The bytes of the bodies of its drafts that wait. */
        long bytes() {
            return bytes;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The bytes of the bodies of all drafts that wait. */
    long bytes() {
        return bytes;
    }

    /**
     * The sender of this draft. The caller adds the draft next, or rejects it because this sender has too many drafts
     * here.
     */
    Sender sender(Draft draft) {
        return senders.computeIfAbsent(draft.from().key(), Sender::new);
    }

    /** @param sender the result of {@link #sender} for this draft, with no other call between */
    void add(Sender sender, Draft draft, long weight) {
        if (sender.drafts.isEmpty()) {
            sender.credit = TURN_BYTES;
            turns.addLast(sender);
        }
        sender.drafts.addLast(new Waiting(draft, weight));
        sender.bytes += weight;
        size++;
        bytes += weight;
    }

    /** The bytes of the next draft. Must not be called on an empty queue. */
    long nextBytes() {
        return next().drafts.peekFirst().weight();
    }

    /** Removes the next draft. Must not be called on an empty queue. */
    Draft remove() {
        Sender sender = next();
        Waiting waiting = sender.drafts.removeFirst();
        sender.credit -= waiting.weight() + DRAFT_BYTES;
        sender.bytes -= waiting.weight();
        size--;
        bytes -= waiting.weight();
        if (sender.drafts.isEmpty()) {
            turns.removeFirst();
            if (senders.size() > REMEMBERED) {
                senders.remove(sender.key);
            }
        }
        return waiting.draft();
    }

    /** Ends turns until a sender's credit covers its next draft. */
    private Sender next() {
        Sender sender = turns.peekFirst();
        while (sender.credit < sender.drafts.peekFirst().weight() + DRAFT_BYTES) {
            sender.credit += TURN_BYTES;
            turns.addLast(turns.removeFirst());
            sender = turns.peekFirst();
        }
        return sender;
    }
}
