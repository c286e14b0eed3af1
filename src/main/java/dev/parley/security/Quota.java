package dev.parley.security;

/**
 * The bytes that one user, or all users of one address, may send and read. Thread-safe.
 *
 * <p>The bytes of {@value #SECONDS} seconds of sending may be sent at once, and as many may be read at once. In the
 * long run, {@value #READ} times as many bytes may be read as sent, because reading writes nothing to the disk.
 */
public final class Quota {
    static final int SECONDS = 300;
    private static final int READ = 4;

    private final RateLimit sent;
    private final RateLimit read;
    /** How many connections use this quota. Changed only inside the map operations of {@link Quotas}. */
    int holders;

    Quota(double rate, double least, long now) {
        this.sent = new RateLimit(rate, Math.max(least, SECONDS * rate), now);
        this.read = new RateLimit(READ * rate, Math.max(least, SECONDS * rate), now);
    }

    /** @return whether these bytes may be sent now; if so, they count */
    public boolean send(long bytes, long now) {
        return sent.pass(bytes, now);
    }

    /** Returns bytes that were counted by {@link #send} and not used. */
    public void giveBack(long bytes) {
        sent.giveBack(bytes);
    }

    /**
     * Whether more may be read now. The size of an answer is known only afterwards, so {@link #read} may exceed the
     * quota.
     */
    public boolean mayRead(long now) {
        return !read.isEmpty(now);
    }

    /** Counts an answer of this many bytes. */
    public void read(long bytes, long now) {
        read.charge(bytes, now);
    }

    boolean isFull(long now) {
        return sent.isFull(now) && read.isFull(now);
    }
}
