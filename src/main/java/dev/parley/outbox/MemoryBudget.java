package dev.parley.outbox;

import java.util.concurrent.atomic.LongAdder;

/**
 * How much of the heap all connections together may hold, and how much they do. Thread-safe; nothing here waits.
 *
 * <p>Counted is, in bytes: each frame that is to be sent, once, from when the first outbox takes it until the last one has
 * sent it or dropped it ({@link OutgoingFrame}); each message of which only a part has come ({@link Share}); and a place
 * for each page that is being read from the log ({@code PageGate}). Not counted is what an idle connection costs.
 *
 * <pre>
 *   0 ─────────── half ─────────── three quarters ─────────── all
 *        enough  │ closing ends here │ short: those who hold     │ exhausted: nothing more is taken in
 *                                    │ most are closed           │            but a little of each
 * </pre>
 */
public final class MemoryBudget {
    /**
     * What each share may have however little is left, in bytes: a few small messages, so that whoever holds nothing else
     * is served beside those who hold too much, until some of these have been closed.
     */
    private static final int LITTLE = 4 << 10;

    private final long most;
    private final LongAdder held = new LongAdder();

    /** @param most in bytes */
    public MemoryBudget(long most) {
        this.most = most;
    }

    public void hold(long bytes) {
        held.add(bytes);
    }

    public void release(long bytes) {
        held.add(-bytes);
    }

    /** Whether some connections must go. */
    public boolean isShort() {
        return held.sum() > most / 4 * 3;
    }

    /** Whether nothing more may be held but what must be. */
    public boolean isExhausted() {
        return held.sum() > most;
    }

    /** How many bytes are held that should not be, once it was short. */
    public long excess() {
        return held.sum() - most / 2;
    }

    /** How many bytes may still be held. */
    public long left() {
        return most - held.sum();
    }

    /** How many bytes there are in all. */
    public long most() {
        return most;
    }

    /** What one connection holds for a message that is not complete yet. Thread-safe. */
    public final class Share {
        private long bytes;
        private long since;
        private boolean closed;

        /**
         * Holds so many bytes from now on.
         *
         * @param wanted 0 when the message is complete
         * @return false, and nothing is changed, where there is no memory for more; 4 KiB are always there
         */
        public synchronized boolean hold(long wanted) {
            if (closed) {
                return true;
            }
            if (wanted > bytes && wanted > LITTLE && isExhausted()) {
                return false;
            }
            if (bytes == 0) {
                since = System.nanoTime();
            }
            held.add(wanted - bytes);
            bytes = wanted;
            return true;
        }

        public synchronized long bytes() {
            return bytes;
        }

        /** How long the message has not been complete, in nanoseconds; 0 where there is none. */
        public synchronized long heldFor(long now) {
            return bytes == 0 ? 0 : now - since;
        }

        /** The connection is gone: nothing is held any more. */
        public synchronized void close() {
            hold(0);
            closed = true;
        }
    }
}
