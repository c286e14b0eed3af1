package dev.parley.security;

/**
 * What one user, or all from one address, may send and be sent, in bytes. Thread-safe.
 *
 * <p>What {@value #SECONDS} seconds allow may be used at once. For what is read, {@value #READ} times as much may be used:
 * it costs no disk.
 */
public final class Quota {
    static final int SECONDS = 300;
    private static final int READ = 4;

    private final RateLimit sent;
    private final RateLimit read;
    /** How many connections use it. Guarded by its place in {@link Quotas}. */
    int holders;

    Quota(double rate, double least, long now) {
        this.sent = new RateLimit(rate, Math.max(least, SECONDS * rate), now);
        this.read = new RateLimit(READ * rate, Math.max(least, SECONDS * rate), now);
    }

    /** @return whether so many bytes may be sent by it now, which then count */
    public boolean send(long bytes, long now) {
        return sent.pass(bytes, now);
    }

    /** Gives back what was taken with {@link #send} and not used. */
    public void giveBack(long bytes) {
        sent.giveBack(bytes);
    }

    /** Whether it may ask for more to read: what an answer costs is only known after. */
    public boolean mayRead(long now) {
        return !read.isEmpty(now);
    }

    /** An answer of so many bytes was read. */
    public void read(long bytes, long now) {
        read.charge(bytes, now);
    }

    boolean isFull(long now) {
        return sent.isFull(now) && read.isFull(now);
    }
}
