package dev.parley.room;

import dev.parley.message.UserName;
import java.util.Arrays;
import java.util.Set;

/**
 * The names that no guest gets: names that signed-in users and the application have or ever had. Not thread-safe:
 * guarded by its {@link NameRegister}.
 *
 * <p>It keeps one 64-bit hash for each {@link Skeleton} of a name, in an open hash table that is at most three quarters full.
 * A million names take 16 MiB. Two names may have the same hash, with a probability of one to some trillions; then a guest gets
 * a number behind a name that would be free.
 */
final class ReservedNames {
    private static final int SMALLEST = 1 << 10;
    private static final long EMPTY = 0;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** The length is a power of two. */
    private long[] table = new long[SMALLEST];

    private int size;

    /** @return whether the name was not reserved before */
    boolean add(UserName name) {
        return add(Skeleton.of(name));
    }

    /** @param skeletons of one name */
    boolean add(Set<String> skeletons) {
        boolean isNew = false;
        for (String skeleton : skeletons) {
            isNew |= add(hash(skeleton));
        }
        return isNew;
    }

    boolean contains(String skeleton) {
        long hash = hash(skeleton);
        return table[place(hash)] == hash;
    }

    private boolean add(long hash) {
        int place = place(hash);
        if (table[place] == hash) {
            return false;
        }
        table[place] = hash;
        size++;
        if (size > table.length / 4 * 3) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        Arrays.stream(old).filter(hash -> hash != EMPTY).forEach(hash -> table[place(hash)] = hash);
    }

    /** The place of the hash, or the empty place where it belongs. */
    private int place(long hash) {
        int place = (int) hash & table.length - 1;
        while (table[place] != EMPTY && table[place] != hash) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }

    /** FNV-1a over the chars, whose bits are then mixed as in MurmurHash3. Never 0. */
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == EMPTY ? 1 : hash;
    }
}
