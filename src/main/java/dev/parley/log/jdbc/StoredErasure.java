package dev.parley.log.jdbc;

import dev.parley.log.durable.ErasureStep;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A row of the table {@code erasure}: how far a job is. For one step; not thread-safe. */
final class StoredErasure {
    static final String SELECT = "select id, author, place, seq, hints, entries from erasure";
    static final String UPDATE =
            "update erasure set place = ?, seq = ?, hints = ?, entries = ?, ended = ? where id = ?";

    /** How many entries of a room have hints of their own. */
    private static final int HINTS = 1_000;

    private final long id;
    /** 0 for the job of a room. */
    final long author;
    /** The id of the room that is worked on; 0 for none yet. */
    long room;
    /** The entries of that room from this number on are done. */
    long seq;
    /** How many hints that room had. */
    private int hints;

    private long entries;
    private final List<ServerMessage.Erased> given = new ArrayList<>();

    /** @param row a row of {@link #SELECT} */
    StoredErasure(ResultSet row) throws SQLException {
        id = row.getLong(1);
        author = row.getLong(2);
        room = row.getLong(3);
        seq = row.getLong(4);
        hints = row.getInt(5);
        entries = row.getLong(6);
    }

    boolean isOfRoom() {
        return author == 0;
    }

    void enter(long next, long end) {
        room = next;
        seq = end;
        hints = 0;
    }

    void erased(RoomName name, long erased) {
        seq = erased;
        entries++;
        if (hints < HINTS) {
            hints++;
            given.add(new ServerMessage.Erased(name, erased, isOfRoom() ? null : Entry.NOBODY, hints == HINTS));
        }
    }

    /** @param ended when the job was done, in milliseconds since 1970; null if it is not */
    ErasureStep store(PreparedStatement update, Long ended) throws SQLException {
        update.setLong(1, room);
        update.setLong(2, seq);
        update.setInt(3, hints);
        update.setLong(4, entries);
        update.setObject(5, ended);
        update.setLong(6, id);
        update.executeUpdate();
        return new ErasureStep(id, given, entries, ended != null);
    }
}
