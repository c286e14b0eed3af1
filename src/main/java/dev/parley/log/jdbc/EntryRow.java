package dev.parley.log.jdbc;

import dev.parley.log.Draft;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Queries for rooms and entries, and the columns of their rows. Stateless. */
public final class EntryRow {
    /**
     * The {@code seq} of a room's last entry. It is computed, because no table stores it; the number of the last deleted entry
     * is stored for a room whose entries are all deleted. Rows of deleted entries, which may be there, don't count.
     */
    static final String LAST =
            "coalesce((select max(seq) from entry where entry.room = room.id and entry.seq > room.deleted), room.deleted)";

    /** The bytes of an entry's body. */
    static final String BYTES = """
            coalesce(octet_length(entry.text), 0) + case when entry.media is null then 0 else coalesce(
                (select octet_length(a.bytes) from attachment a where a.room = entry.room and a.seq = entry.seq), 0) end""";

    /**
     * A room's id, the {@code seq} of its last entry, of its last deleted entry, and of the last entry up to which all have no
     * content; 0 for none.
     */
    public static final String FIND_ROOM = "select id, " + LAST + ", deleted, erased from room where name = ?";

    /**
     * The author's key is looked up by the primary key of its table. The bytes of an attachment are looked up only if the row has one: most entries are
     * texts, and need no lookup.
     */
    public static final String SELECT = select("bytes", "text", "kind");

    /** The same with the number of the bytes in place of the bytes. */
    static final String SELECT_REFERENCES = select("octet_length(bytes)", "text", "kind");

    /** The same for an entry that should have an attachment: in place of a text or data, which can be long, there is one character. */
    static final String SELECT_REFERENCE =
            select("octet_length(bytes)", "case when text is not null then 't' end", "cast(null as varchar)");

    private static String select(String attachment, String text, String kind) {
        return """
            select seq, sender, client_id, at, %s, media, file_name,
                (select "key" from author where author.id = entry.author),
                case when media is not null
                    then (select %s from attachment a where a.room = entry.room and a.seq = entry.seq)
                end,
                file_size, %s
            from entry
            """.formatted(text, attachment, kind);
    }

    private EntryRow() {}

    /**
     * The entry in the current row of a query that begins with {@link #SELECT}. An attachment whose bytes are not kept any more is a
     * {@link Body.Reference}.
     */
    public static Entry read(RoomName room, ResultSet row) throws SQLException {
        return read(room, row, EntryRow::attachment);
    }

    /** The entry in the current row of a query that begins with {@link #SELECT_REFERENCES}. */
    static Entry readReference(RoomName room, ResultSet row) throws SQLException {
        return read(room, row, EntryRow::reference);
    }

    /** Reads the columns of an attachment. */
    private interface OfAttachment {
        Body read(ResultSet row) throws SQLException;
    }

    private static Entry read(RoomName room, ResultSet row, OfAttachment attachment) throws SQLException {
        long seq = row.getLong(1);
        String id = row.getString(3);
        Instant at = Instant.ofEpochMilli(row.getLong(4));
        String author = row.getString(8);
        if (FormerAuthors.isFormer(author)) {
            return Entry.erased(room, seq, id, Entry.NOBODY, CallerId.GUEST, at);
        }
        UserName from = new UserName(row.getString(2));
        CallerId caller = caller(author);
        boolean isErased = row.getString(5) == null && row.getString(6) == null;
        return isErased
                ? Entry.erased(room, seq, id, from, caller, at)
                : new Entry(room, seq, id, from, caller, at, body(row, attachment));
    }

    /**
     * The stored entry of a draft, in the current row. If the entry was deleted, the row has neither content nor a name: then
     * both are those of the draft.
     */
    public static Entry read(Draft draft, ResultSet row) throws SQLException {
        return row.getString(2).isEmpty()
                ? new Entry(
                        draft.room(),
                        row.getLong(1),
                        row.getString(3),
                        draft.from().name(),
                        draft.from().id(),
                        Instant.ofEpochMilli(row.getLong(4)),
                        draft.body())
                : read(draft.room(), row);
    }

    /**
     * An author that was erased counts as a guest. So does one that is older than the bounds of ids, because its id may be too
     * long to be sent.
     */
    static CallerId caller(String key) {
        try {
            return FormerAuthors.isFormer(key) ? CallerId.GUEST : User.idOf(key);
        } catch (ParleyException e) {
            return CallerId.GUEST;
        }
    }

    private static Body body(ResultSet row, OfAttachment attachment) throws SQLException {
        String text = row.getString(5);
        if (text != null) {
            String kind = row.getString(11);
            return kind == null ? new Body.Text(text) : new Body.Data(kind, text);
        }
        long size = row.getLong(10);
        return row.wasNull()
                ? attachment.read(row)
                : new Body.Reference(row.getString(6), row.getString(7), size, true);
    }

    private static Body attachment(ResultSet row) throws SQLException {
        return new Body.Attachment(row.getString(6), row.getString(7), ByteBuffer.wrap(row.getBytes(9)));
    }

    private static Body reference(ResultSet row) throws SQLException {
        return new Body.Reference(row.getString(6), row.getString(7), row.getLong(9));
    }
}
