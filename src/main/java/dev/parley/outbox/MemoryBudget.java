package dev.parley.outbox;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how much of the heap all connections together hold, and has the limit for it. Thread-safe; no method waits.
 *
 * <p>It counts, in bytes: each outgoing frame, once, from the moment the first outbox takes it until the last one has
 * sent or dropped it ({@link OutgoingFrame}); each message of which only a part has arrived ({@link Share}); and an
 * estimate for each page that is being read from the log ({@code PageGate}). It counts neither the memory of an idle
 * connection nor the last few frames that each loop remembers ({@code FrameCoalescer}).
 *
 * <pre>
 *   0 ─────────── half ─────────── three quarters ─────────── all
 *        enough  │ closing ends here │ short: the connections    │ exhausted: no more memory is given,
 *                │                   │ that hold most are closed │ except a little for each
 * </pre>
 */
public final class MemoryBudget {
    /**
     * The bytes that each share always gets: a few small messages. So a connection that holds nothing else is served
     * while others hold too much and are not closed yet.
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

    /** Whether some connections must be closed. */
    public boolean isShort() {
        return held.sum() > most / 4 * 3;
    }

    /** Whether no more memory may be given. */
    public boolean isExhausted() {
        return held.sum() > most;
    }

    /** The bytes that must be released once the memory was short. */
    public long excess() {
        return held.sum() - most / 2;
    }

    /** The bytes that may still be held. */
    public long left() {
        return most - held.sum();
    }

    /** The limit in bytes. */
    public long most() {
        return most;
    }

    /** The memory that one connection holds for a message that has not arrived completely. Thread-safe. */
    public final class Share {
        private long bytes;
        private long since;
        private boolean closed;

        /**
         * Sets the number of bytes that are held.
         *
         * @param wanted the bytes to hold from now on; 0 when the message is complete
         * @return false, and nothing is changed, if there is no memory for more; the first 4 KiB are always given
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

        /** How long the message has been incomplete, in nanoseconds; 0 if there is none. */
        public synchronized long heldFor(long now) {
            return bytes == 0 ? 0 : now - since;
        }

        /** The connection has ended: nothing is held any more. */
        public synchronized void close() {
            hold(0);
            closed = true;
        }
    }
}
