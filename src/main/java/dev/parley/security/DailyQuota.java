package dev.parley.security;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often in a day each user, and all users of one address together, may do one thing, such as make a room. Thread-safe; no
 * method waits. It is in memory: a restart of the server begins a new day for all.
 *
 * <p>A day is 24 hours, and begins with the first time. Something with a name, such as a message with its id, counts once for its
 * user, however often it comes in that day:
 *
 * <pre>
 *   take ──▶ open ──(settle: it counts)──▶ counted: the same again is free
 *              │ (settle: it does not count, and no other is open)
 *              └──▶ given back
 * </pre>
 *
 * <p>Bounds: {@value DayCounts#MOST} users and as many addresses, see {@link DayCounts}; {@value #MOST_NAMED} names. Where there is one
 * more, the oldest name is forgotten: if it comes again, it counts again.
 */
public final class DailyQuota {
    static final int MOST_NAMED = 20_000;

    private final String act;
    private final String thing;
    private final String remark;
    private final int ofUser;
    private final int ofAddress;
    private final DayCounts users = new DayCounts();
    private final DayCounts addresses = new DayCounts();
    /** By user and name, in the order in which they came. */
    private final Map<String, Counted> named = new LinkedHashMap<>();

    /**
     * @param act the verb of the sentence for a user that may not do it now, such as "make"
     * @param thing its object, such as "room"
     * @param remark its end, may be empty
     * @param ofUser how often one user may do it in a day, 1 or more
     * @param ofAddress how often all users of one address may do it in a day, 1 or more
     */
    public DailyQuota(String act, String thing, String remark, int ofUser, int ofAddress) {
        this.act = act;
        this.thing = thing;
        this.remark = remark;
        this.ofUser = ofUser;
        this.ofAddress = ofAddress;
    }

    private static final class Counted {
        private final DayCounts.Day user;
        /** Null if it does not count for an address. */
        private final DayCounts.Day address;

        private int open;
        private boolean counts;

        private Counted(DayCounts.Day user, DayCounts.Day address) {
            this.user = user;
            this.address = address;
        }

        private void add(int times) {
            user.count += times;
            if (address != null) {
                address.count += times;
            }
        }
    }

    /** One time that a user does it. Thread-safe. */
    public final class Use {
        private final String name;
        private final Counted counted;

        private Use(String name, Counted counted) {
            this.name = name;
            this.counted = counted;
        }

        /** It has been done, or not. Called once. */
        public void settle(boolean counts) {
            synchronized (DailyQuota.this) {
                counted.counts |= counts;
                counted.open--;
                if (counted.open == 0 && !counted.counts) {
                    counted.add(-1);
                    named.remove(name, counted);
                }
            }
        }
    }

    /**
     * Counts that a user is about to do it. For the address, only the usual number of each user counts.
     *
     * @param user the key of the user
     * @param network of its address; empty if it is not known, then only the user counts
     * @param name what it is done to, for example the name of a room; null if it counts each time
     * @param times how many times the usual number this user may do it, 1 or more
     * @param now as {@link System#nanoTime}
     * @return the caller calls its {@link Use#settle}
     * @throws ParleyException with {@code tooFast} and the time to wait if it exceeds a quota; then it isn't counted
     */
    public synchronized Use take(String user, String network, String name, int times, long now) {
        String key = name == null ? null : user + "\n" + name;
        Counted known = key == null ? null : named.get(key);
        if (known == null || known.user.left(now) <= 0) {
            // A guest can have any number of keys: no day begins for one that is rejected.
            require(users.find(user, now), "you", (long) times * ofUser, now);
            require(addresses.find(network, now), "all users of your address together", (long) times * ofAddress, now);
            DayCounts.Day ofThisUser = users.of(user, now);
            // What a user has beyond the usual number takes nothing from its neighbours.
            boolean countsForAddress = !network.isEmpty() && ofThisUser.count < ofUser;
            known = new Counted(ofThisUser, countsForAddress ? addresses.of(network, now) : null);
            known.add(1);
            if (key != null) {
                keep(key, known, now);
            }
        }
        known.open++;
        return new Use(key, known);
    }

    private void require(DayCounts.Day day, String who, long most, long now) {
        if (day != null && day.count >= most) {
            Duration left = Duration.ofNanos(day.left(now));
            throw ParleyException.retryAfter(
                    ErrorCode.TOO_FAST,
                    who + " may " + act + " " + most + " " + thing + (most == 1 ? "" : "s") + " in a day" + remark
                            + ". This is possible again in " + words(left),
                    left);
        }
    }

    private void keep(String key, Counted counted, long now) {
        named.remove(key);
        Iterator<Counted> oldest = named.values().iterator();
        while (oldest.hasNext() && (oldest.next().user.left(now) <= 0 || named.size() >= MOST_NAMED)) {
            oldest.remove();
        }
        named.put(key, counted);
    }

    /** Rounded up, so that it is possible when the time is over. */
    private static String words(Duration time) {
        Duration up = time.plusNanos(999_999_999);
        if (up.toMinutes() < 2) {
            return up.toSeconds() + (up.toSeconds() == 1 ? " second" : " seconds");
        }
        up = up.plusSeconds(59);
        return up.toHours() < 2
                ? up.toMinutes() + " minutes"
                : up.plusMinutes(59).toHours() + " hours";
    }

    /** How many users, addresses and names are kept. */
    synchronized int size() {
        return users.size() + addresses.size() + named.size();
    }
}
