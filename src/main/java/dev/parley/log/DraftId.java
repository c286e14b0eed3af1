package dev.parley.log;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The id under which a draft is stored: the same id of the same user in the same room is one entry as long as the entry is
 * kept, and for seven days at least. Immutable.
 *
 * <p>Every draft has an id before it is stored. So the log can look for it in the database after a commit with an
 * unknown result.
 *
 * @param value 1 to 64 characters
 * @param isSenders whether the sender chose the id. Such an id is part of the entry. Parley makes all other ids, each
 *     once, and sends them to no peer
 */
public record DraftId(String value, boolean isSenders) {
    /** A power of two: numbers are written several times as fast as with another radix. */
    private static final int RADIX = 32;

    /**
     * Begins at a random number, so that two processes, or two class loaders of one process, do not make the same ids.
     */
    private static final AtomicLong NEXT = new AtomicLong(new SecureRandom().nextLong());

    public DraftId {
        Objects.requireNonNull(value);
    }

    /** The sender's own id, or a new one if {@code sendersId} is null. */
    public static DraftId of(String sendersId) {
        return sendersId != null
                ? new DraftId(sendersId, true)
                : new DraftId(Long.toUnsignedString(NEXT.getAndIncrement(), RADIX), false);
    }

    /** The sender's own id; null if the sender gave none. */
    public String sendersId() {
        return isSenders ? value : null;
    }

    /** The id that Parley made; null if the sender gave one. */
    public String madeId() {
        return isSenders ? null : value;
    }
}
