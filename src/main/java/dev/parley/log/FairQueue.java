package dev.parley.log;

import dev.parley.room.Draft;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Drafts that wait to be written: of each sender in its order, and of all senders in turn, by bytes (deficit round
 * robin, M. Shreedhar and G. Varghese 1995). So a sender with much to store holds up nobody but itself. Not thread-safe.
 */
final class FairQueue {
    /** So much of one sender is taken in its turn, in bytes. */
    private static final long TURN_BYTES = 64 << 10;
    /** What a draft costs beside its body. */
    private static final long DRAFT_BYTES = 256;
    /** So many senders without drafts are remembered: most come again at once. */
    private static final int REMEMBERED = 10_000;

    private final Map<String, Sender> senders = new HashMap<>();
    /** Those with drafts; the first one's turn it is. */
    private final ArrayDeque<Sender> turns = new ArrayDeque<>();

    private int size;
    private long bytes;

    private record Waiting(Draft draft, long weight) {}

    private static final class Sender {
        final String key;
        final ArrayDeque<Waiting> drafts = new ArrayDeque<>(2);
        long bytes;
        long credit;

        Sender(String key) {
            this.key = key;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Of all bodies that wait. */
    long bytes() {
        return bytes;
    }

    /** How many drafts of the sender of {@code draft} wait. */
    int sizeOf(Draft draft) {
        Sender sender = senders.get(draft.from().key());
        return sender == null ? 0 : sender.drafts.size();
    }

    /** Of the bodies of these. */
    long bytesOf(Draft draft) {
        Sender sender = senders.get(draft.from().key());
        return sender == null ? 0 : sender.bytes;
    }

    void add(Draft draft, long weight) {
        Sender sender = senders.computeIfAbsent(draft.from().key(), Sender::new);
        if (sender.drafts.isEmpty()) {
            sender.credit = TURN_BYTES;
            turns.addLast(sender);
        }
        sender.drafts.addLast(new Waiting(draft, weight));
        sender.bytes += weight;
        size++;
        bytes += weight;
    }

    /** The bytes of the draft that is next. Not where the queue is empty. */
    long nextBytes() {
        return next().drafts.peekFirst().weight();
    }

    /** Takes out the draft that is next. Not where the queue is empty. */
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

    /** Ends turns until it is that of a sender whose next draft fits into it. */
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
