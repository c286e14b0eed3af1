package dev.parley.log.jdbc;

import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.durable.Reader;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads pages of rooms with one kind of query. Not thread-safe; its statements end with their connection. */
final class Pages {
    private final PreparedStatement after;
    private final PreparedStatement before;
    private final RowReader reader;

    /** Reads the entry in the current row. */
    interface RowReader {
        Entry read(RoomName room, ResultSet row) throws SQLException;
    }

    /** @param select the query without its condition */
    Pages(Connection connection, String select, RowReader reader) throws SQLException {
        this.reader = reader;
        after = connection.prepareStatement(select + "where room = ? and seq > ? order by seq limit ?");
        before = connection.prepareStatement(
                select + "where room = ? and seq > ? and seq < ? order by seq desc limit ?");
    }

    /** The entries of a room: the ones above {@code deleted}, up to {@code last}, without gaps; without content up to {@code erased}. */
    record Extent(RoomName room, long id, long last, long deleted, long erased) {
        Page page(List<Entry> entries, boolean more) {
            return new Page(entries, last, more, deleted + 1);
        }

        /** The content of an entry may still be in its row. */
        Entry seen(Entry entry) {
            return entry.seq() > erased ? entry : entry.withoutContent();
        }
    }

    Page read(Extent room, Range range) throws SQLException {
        if (range instanceof Range.After position) {
            return after(room, Math.max(position.seq(), room.deleted), position.limit());
        }
        long end = range instanceof Range.Before position ? Math.min(position.seq(), room.last + 1) : room.last + 1;
        return before(room, end, range.limit());
    }

    /** A room has no gaps in its numbers, so the numbers show whether there are more entries. */
    private Page after(Extent room, long start, int limit) throws SQLException {
        after.setLong(1, room.id);
        after.setLong(2, start);
        List<Entry> entries = entries(after, 3, room, limit);
        long end = entries.isEmpty() ? start : entries.get(entries.size() - 1).seq();
        return room.page(entries, end < room.last);
    }

    private Page before(Extent room, long end, int limit) throws SQLException {
        before.setLong(1, room.id);
        before.setLong(2, room.deleted);
        before.setLong(3, end);
        List<Entry> entries = entries(before, 4, room, limit);
        Collections.reverse(entries);
        long start = entries.isEmpty() ? end : entries.get(0).seq();
        return room.page(entries, start > room.deleted + 1);
    }

    /** @param last the last parameter of the query, its limit */
    private List<Entry> entries(PreparedStatement query, int last, Extent room, int limit) throws SQLException {
        // Some databases treat a negative limit as no limit.
        query.setInt(last, Math.max(limit, 0));
        List<Entry> entries = new ArrayList<>();
        long bytes = 0;
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Entry entry = room.seen(reader.read(room.room, row));
                bytes += entry.body().bytes();
                if (bytes > Reader.PAGE_BYTES && !entries.isEmpty()) {
                    break;
                }
                entries.add(entry);
            }
        }
        return entries;
    }
}
