package dev.parley.log.durable;

/**
 * The result of one step of a sweep.
 *
 * @param deleted the entries that readers see no longer
 * @param next where the next step begins; {@link #END} if the step came to the last room
 */
public record Swept(int deleted, long next) {
    /** The place before the first room, and after the last one. */
    public static final long END = 0;
}
