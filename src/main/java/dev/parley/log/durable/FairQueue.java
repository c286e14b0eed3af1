package dev.parley.log.durable;

import dev.parley.log.Draft;
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

    /** One who has drafts here, or had some. */
    static final class Sender {
        private final String key;
        private final ArrayDeque<Waiting> drafts = new ArrayDeque<>(2);
        private long bytes;
        private long credit;

        private Sender(String key) {
            this.key = key;
        }

        /** How many of its drafts wait. */
        int size() {
            return drafts.size();
        }

        /** Of the bodies of these. */
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

    /** Of all bodies that wait. */
    long bytes() {
        return bytes;
    }

    /** The sender of this draft, which is to be added, or to be rejected because that sender has too many here. */
    Sender sender(Draft draft) {
        return senders.computeIfAbsent(draft.from().key(), Sender::new);
    }

    /** @param sender of the draft, as {@link #sender} gave it just now */
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
