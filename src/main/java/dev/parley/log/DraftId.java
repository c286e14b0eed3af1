package dev.parley.log;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The id under which a draft is stored: the same id of the same user in the same room is one entry, for ever. Immutable.
 *
 * <p>Every draft has one before it is first stored. So the log can ask a database for it when a commit was not answered.
 *
 * @param value 1 to 64 characters
 * @param isSenders whether the sender chose it. Such an id is part of the entry; all others are made by Parley, once each,
 *     and no peer sees them
 */
public record DraftId(String value, boolean isSenders) {
    /** A power of two, which is several times as fast to write as others. */
    private static final int RADIX = 32;

    /** Begins at random, so that no two processes, or class loaders of one, make the same ids. */
    private static final AtomicLong NEXT = new AtomicLong(new SecureRandom().nextLong());

    public DraftId {
        Objects.requireNonNull(value);
    }

    /** The sender's own id, or a new one where {@code sendersId} is null. */
    public static DraftId of(String sendersId) {
        return sendersId != null
                ? new DraftId(sendersId, true)
                : new DraftId(Long.toUnsignedString(NEXT.getAndIncrement(), RADIX), false);
    }

    /** The sender's own id; null where the sender gave none. */
    public String sendersId() {
        return isSenders ? value : null;
    }

    /** The id that Parley made; null where the sender gave one. */
    public String madeId() {
        return isSenders ? null : value;
    }
}
