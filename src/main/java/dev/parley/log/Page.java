package dev.parley.log;

import dev.parley.message.Entry;
import java.util.List;

/**
 * A part of a room's log, as it was at one moment.
 *
 * @param entries in the order of {@code seq}, without a gap
 * @param last the {@code seq} of the room's last entry at that moment; 0 for an empty room
 * @param more whether there were more entries in the direction that was read
 */
public record Page(List<Entry> entries, long last, boolean more) {
    public Page {
        entries = List.copyOf(entries);
    }
}
