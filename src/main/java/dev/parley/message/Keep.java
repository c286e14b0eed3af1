package dev.parley.message;

/**
 * How much of a room's log is kept. An entry that is past one of the bounds is deleted. The newest entry of a room is deleted
 * only for its age. Immutable.
 *
 * @param millis the age at which an entry is deleted, in milliseconds since it was stored; {@link #UNBOUNDED} for none
 * @param entries the most entries of a room; {@link #UNBOUNDED} for any number
 * @param bytes the most bytes of the texts and files of a room; {@link #UNBOUNDED} for any number
 */
public record Keep(long millis, long entries, long bytes) {
    /** No bound. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /** Everything is kept. */
    public static final Keep FOREVER = new Keep(UNBOUNDED, UNBOUNDED, UNBOUNDED);

    /** Whether everything is kept. Not {@code equals}: see {@link CallerId#equals} about records and class loaders. */
    public boolean isForever() {
        return millis == UNBOUNDED && entries == UNBOUNDED && bytes == UNBOUNDED;
    }

    /** @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if a bound is less than 1 */
    public Keep {
        if (millis < 1 || entries < 1 || bytes < 1) {
            throw ParleyException.badRequest("a bound must be 1 or more");
        }
    }
}
