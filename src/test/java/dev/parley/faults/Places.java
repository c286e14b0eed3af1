package dev.parley.faults;

import dev.parley.message.Entry;
import java.util.Arrays;

/** Which entry is at which place of a room's log, by a fingerprint of four bytes. Thread-safe. */
final class Places {
    /** No entry's fingerprint. */
    static final int NONE = 0;

    private int[] prints = new int[1024];
    private int last;

    static int print(Entry entry) {
        int hash = entry.hashCode();
        return hash == NONE ? 1 : hash;
    }

    synchronized void put(Entry entry) {
        int seq = Math.toIntExact(entry.seq());
        if (seq >= prints.length) {
            prints = Arrays.copyOf(prints, Math.max(seq + 1, 2 * prints.length));
        }
        prints[seq] = print(entry);
        last = Math.max(last, seq);
    }

    /** The fingerprint of what is at a place, or {@link #NONE}. */
    synchronized int at(long seq) {
        return seq < prints.length ? prints[(int) seq] : NONE;
    }

    /** The last place with an entry, or 0. */
    synchronized int last() {
        return last;
    }

    /** How many places have an entry. */
    synchronized long count() {
        return Arrays.stream(prints).filter(print -> print != NONE).count();
    }

    /** A copy that doesn't change any more. */
    synchronized Places copy() {
        Places copy = new Places();
        copy.prints = prints.clone();
        copy.last = last;
        return copy;
    }
}
