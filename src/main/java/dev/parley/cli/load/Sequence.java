package dev.parley.cli.load;

import java.util.HashSet;
import java.util.Set;

/** Checks the entries that one connection receives: each must come once and in order. For one thread. */
final class Sequence {
    private final long first;
    private long last;
    private final Set<Long> missing = new HashSet<>(0);
    private long doubled;
    private long reordered;

    /** @param last the {@code seq} of the newest entry at the join */
    Sequence(long last) {
        this.first = last;
        this.last = last;
    }

    void heard(long seq) {
        if (seq == last + 1) {
            last = seq;
        } else if (seq > last) {
            for (long left = last + 1; left < seq; left++) {
                missing.add(left);
            }
            last = seq;
        } else if (missing.remove(seq)) {
            reordered++;
        } else {
            doubled++;
        }
    }

    /** The {@code seq} of the newest entry at the join. */
    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /** @param newest the newest {@code seq} of the room that any connection received */
    long lost(long newest) {
        return missing.size() + Math.max(0, newest - last);
    }

    long doubled() {
        return doubled;
    }

    long reordered() {
        return reordered;
    }
}
