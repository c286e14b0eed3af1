package dev.parley.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The quotas of all users, or of all addresses. Thread-safe.
 *
 * <p>A quota is kept after its connections have ended until it is full again, so that a reconnect does not refill it.
 * At most {@value #MOST} quotas without a connection are kept; beyond that, the quotas that are nearest to being full
 * are dropped first.
 */
public final class Quotas {
    private static final int MOST = 50_000;

    private final double rate;
    private final double least;
    private final Map<String, Quota> known = new ConcurrentHashMap<>();
    /** At this number of quotas, the next call looks for quotas to drop. */
    private volatile int sweepAt = 1_000;

    /**
     * @param rate the bytes a second that one user or address may send in the long run
     * @param least the bytes that may be sent at once in any case
     */
    public Quotas(double rate, double least) {
        this.rate = rate;
        this.least = least;
    }

    /** The quota of the user or address with this key. Each call needs one call of {@link #release}. */
    public Quota hold(String key, long now) {
        if (known.size() >= sweepAt) {
            sweep(now);
        }
        return known.compute(key, (name, quota) -> {
            Quota held = quota == null ? new Quota(rate, least, now) : quota;
            held.holders++;
            return held;
        });
    }

    /** A connection does not use the quota any more. */
    public void release(String key, long now) {
        known.computeIfPresent(key, (name, quota) -> {
            quota.holders--;
            return quota.holders == 0 && quota.isFull(now) ? null : quota;
        });
    }

    /** The number of quotas that are kept. */
    int size() {
        return known.size();
    }

    private synchronized void sweep(long now) {
        if (known.size() < sweepAt) {
            return;
        }
        dropFullAt(now);
        int kept = 0;
        for (Quota quota : known.values()) {
            kept += quota.holders == 0 ? 1 : 0;
        }
        // Each quota is full at some time in the future. Dropping the quotas that are full at a moment, and moving that
        // moment forward, drops the nearest to full first.
        for (long ahead = Quota.SECONDS * 1_000_000_000L / 16; kept > MOST; ahead *= 2) {
            int before = known.size();
            dropFullAt(now + ahead);
            kept -= before - known.size();
        }
        sweepAt = Math.max(1_000, 2 * known.size());
    }

    private void dropFullAt(long moment) {
        known.keySet()
                .forEach(key -> known.computeIfPresent(
                        key, (name, quota) -> quota.holders == 0 && quota.isFull(moment) ? null : quota));
    }
}
