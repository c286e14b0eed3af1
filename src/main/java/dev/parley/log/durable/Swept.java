package dev.parley.log.durable;

/**
 * The result of one step of a sweep.
 *
 * @param deleted the entries that readers see no longer
 * @param bytes the bytes of their bodies, and of attachments that were deleted earlier than their entries
 * @param rows the rows that were deleted or counted; 0 if the step only looked at rooms
 * @param hasDeleted whether entries of a room that was visited were deleted, now or earlier
 * @param hasKeeps at the end: whether rooms keep their entries for a time of their own
 * @param next where the next step begins; {@link #END} if the step came to the last room
 */
public record Swept(int deleted, long bytes, int rows, boolean hasDeleted, boolean hasKeeps, long next) {
    /** The place before the first room, and after the last one. */
    public static final long END = 0;
}
