package dev.parley.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The quotas of all users, or of all addresses. Thread-safe.
 *
 * <p>A quota outlives the connections that used it until it is full again, so that coming back refills nothing. At most
 * {@value #MOST} of those that nobody holds are kept; past that, those go first that are nearest to being full.
 */
public final class Quotas {
    private static final int MOST = 50_000;

    private final double rate;
    private final double least;
    private final Map<String, Quota> known = new ConcurrentHashMap<>();
    /** From so many on, it is worth a look at all of them. */
    private volatile int sweepAt = 1_000;

    /**
     * @param rate bytes a second that one of them may send in the long run
     * @param least how many bytes may be sent at once in any case
     */
    public Quotas(double rate, double least) {
        this.rate = rate;
        this.least = least;
    }

    /** The quota of whoever has this key, to be {@link #release released} as often as it is held. */
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

    /** A connection needs the quota no more. */
    public void release(String key, long now) {
        known.computeIfPresent(key, (name, quota) -> {
            quota.holders--;
            return quota.holders == 0 && quota.isFull(now) ? null : quota;
        });
    }

    /** How many are remembered. */
    int size() {
        return known.size();
    }

    private synchronized void sweep(long now) {
        if (known.size() < sweepAt) {
            return;
        }
        dropThoseFullAt(now);
        int kept = 0;
        for (Quota quota : known.values()) {
            kept += quota.holders == 0 ? 1 : 0;
        }
        // In time they are all full; looking into that future finds those that are nearest to it.
        for (long ahead = Quota.SECONDS * 1_000_000_000L / 16; kept > MOST; ahead *= 2) {
            int before = known.size();
            dropThoseFullAt(now + ahead);
            kept -= before - known.size();
        }
        sweepAt = Math.max(1_000, 2 * known.size());
    }

    private void dropThoseFullAt(long moment) {
        known.keySet()
                .forEach(key -> known.computeIfPresent(
                        key, (name, quota) -> quota.holders == 0 && quota.isFull(moment) ? null : quota));
    }
}
