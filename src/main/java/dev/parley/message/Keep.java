package dev.parley.message;

import java.time.Duration;

/**
 * How much of a room's log is kept. An entry that is past one of the bounds is deleted. The newest entry of a room is deleted
 * only for its age. Immutable.
 *
 * @param millis the age at which an entry is deleted, in milliseconds since it was stored; {@link #UNBOUNDED} for none
 * @param entries the most entries of a room; {@link #UNBOUNDED} for any number
 * @param bytes the most bytes of the texts and files of a room; {@link #UNBOUNDED} for any number
 * @param attachments the age at which the bytes of an attachment are deleted, in milliseconds; its entry stays. {@link #UNBOUNDED}
 *     if they are kept as long as the entry
 */
public record Keep(long millis, long entries, long bytes, long attachments) {
    /** No bound. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /** Everything is kept. */
    public static final Keep FOREVER = new Keep(UNBOUNDED, UNBOUNDED, UNBOUNDED);

    /** Attachments are kept as long as their entries. */
    public Keep(long millis, long entries, long bytes) {
        this(millis, entries, bytes, UNBOUNDED);
    }

    /**
     * Entries are kept for this time.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if it is less than a millisecond, or more than 36,500 days: see {@link
     *     #FOREVER}
     */
    public static Keep of(Duration age) {
        if (age.compareTo(KeepText.MOST) > 0) {
            throw ParleyException.badRequest("this is more than " + KeepText.MOST.toDays() + " days: keep it for ever");
        }
        return new Keep(age.toMillis(), UNBOUNDED, UNBOUNDED);
    }

    /**
     * Reads bounds from a text, such as {@code forever} or {@code 30 days, 100000 entries, 2 GB, attachments 7 days}.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} and a sentence about what is wrong
     */
    public static Keep parse(String text) {
        long[] bounds = KeepText.parse(text.strip());
        return new Keep(bounds[0], bounds[1], bounds[2], bounds[3]);
    }

    /** The bounds as a text for people, such as {@code 30 days, 100000 entries}. */
    public String text() {
        return KeepText.of(millis, entries, bytes, attachments);
    }

    /** Whether everything is kept. Not {@code equals}: see {@link CallerId#equals} about records and class loaders. */
    public boolean isForever() {
        return millis == UNBOUNDED && entries == UNBOUNDED && bytes == UNBOUNDED && attachments == UNBOUNDED;
    }

    /**
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if a bound is less than 1, or attachments are to be kept longer than
     *     their entries
     */
    public Keep {
        if (millis < 1 || entries < 1 || bytes < 1 || attachments < 1) {
            throw ParleyException.badRequest("a bound must be 1 or more");
        }
        if (attachments != UNBOUNDED && attachments >= millis) {
            throw ParleyException.badRequest("attachments go with their entries: their days must be fewer");
        }
    }
}
