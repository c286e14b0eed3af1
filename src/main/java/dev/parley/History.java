package dev.parley;

import dev.parley.message.Entry;
import java.util.List;

/**
 * A part of a room's log.
 *
 * @param entries in the order of {@code seq}, without a gap
 * @param more whether the log has more entries in the direction of the request
 */
public record History(List<Entry> entries, boolean more) {
    public History {
        entries = List.copyOf(entries);
    }
}
