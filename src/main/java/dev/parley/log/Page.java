package dev.parley.log;

import dev.parley.message.Entry;
import java.util.List;

/**
 * A part of a room's log, as it was at one moment.
 *
 * @param entries in the order of {@code seq}, without a gap
 * @param last the {@code seq} of the room's last entry at that moment; 0 for an empty room
 * @param more whether there were more entries in the direction that was read
 * @param oldest the {@code seq} of the oldest entry that is kept: 1 as long as none was deleted, and {@code last} + 1 if all
 *     were deleted
 */
public record Page(List<Entry> entries, long last, boolean more, long oldest) {
    public Page {
        entries = List.copyOf(entries);
    }

    /** Of a room from which no entry was deleted. */
    public Page(List<Entry> entries, long last, boolean more) {
        this(entries, last, more, 1);
    }

    /** Whether this page follows an entry: no entry between them was deleted. */
    public boolean follows(long seq) {
        return seq + 1 >= oldest;
    }
}
