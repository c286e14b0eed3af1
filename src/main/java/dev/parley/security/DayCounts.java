package dev.parley.security;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often each user, or each address, has done something in its present day. A day is 24 hours, and begins with the first
 * time. Not thread-safe: it is guarded by its {@link DailyQuota}.
 *
 * <p>At most {@value #MOST} days are kept. Where one more begins, the oldest is forgotten, and its user or address begins a new
 * one. There is no timer: a day that is over stays until another one begins.
 */
final class DayCounts {
    static final int MOST = 100_000;
    static final long NANOS = TimeUnit.DAYS.toNanos(1);

    /** The day of one user or address. */
    static final class Day {
        private final long begin;
        long count;

        private Day(long begin) {
            this.begin = begin;
        }

        /** The nanoseconds until the day is over; 0 or less if it is. */
        long left(long now) {
            return begin + NANOS - now;
        }
    }

    /** In the order in which they began. */
    private final Map<String, Day> days = new LinkedHashMap<>();

    /** The present day of a user or an address; null if none has begun. */
    Day find(String key, long now) {
        Day day = days.get(key);
        return day == null || day.left(now) <= 0 ? null : day;
    }

    /** The present day of a user or an address, which begins now if there is none. */
    Day of(String key, long now) {
        Day present = find(key, now);
        if (present != null) {
            return present;
        }
        days.remove(key);
        Iterator<Day> oldest = days.values().iterator();
        while (oldest.hasNext() && (oldest.next().left(now) <= 0 || days.size() >= MOST)) {
            oldest.remove();
        }
        Day begun = new Day(now);
        days.put(key, begun);
        return begun;
    }

    int size() {
        return days.size();
    }
}
