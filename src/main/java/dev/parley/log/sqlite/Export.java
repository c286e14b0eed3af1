package dev.parley.log.sqlite;

import dev.parley.log.ErasureScope;
import dev.parley.log.jdbc.EntryRow;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes everything that a log has of one user into a file, a line for each thing, while a server may write to the log. One
 * object serves one export. It keeps one entry in memory at a time.
 *
 * <p>It must run in a process of its own, as {@link Backup} must.
 */
public final class Export {
    private static final String UNFINISHED = ".part";
    /** So many entries are looked at in one query, so that the server's files do not grow for long. */
    private static final long ROWS = 20_000;

    private final Connection connection;
    private final Writer out;
    private final Function<Entry, String> json;
    private long entries;
    private long marks;
    private long names;

    private Export(Connection connection, Writer out, Function<Entry, String> json) {
        this.connection = connection;
        this.out = out;
        this.json = json;
    }

    /** How many things of each kind were written. */
    public record Contents(long entries, long marks, long names) {}

    /**
     * Writes the file, in UTF-8. It gets its name only after it is complete and on the disk, and only its owner has access.
     *
     * @param folder the data folder; nothing in it is changed
     * @param file must not exist
     * @param json writes an entry as a line without its end
     * @throws ParleyException with {@code unavailable} if there is no log in the folder, if its tables have an earlier version,
     *     if the file exists, or if it can't be written; then no file is left behind
     */
    public static Contents write(Path folder, CallerId user, Path file, Function<Entry, String> json) {
        Path database = DataFolder.databaseIn(folder);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            if (!Files.isReadable(database)) {
                throw failure("there is no log in " + folder + ", or this user may not read it", null);
            }
            if (Files.exists(file)) {
                throw failure(file + " exists already", null);
            }
            OwnerOnly.createFile(unfinished);
        } catch (FileAlreadyExistsException e) {
            throw failure(unfinished + " exists already: an export was interrupted, and this file must be deleted", e);
        } catch (IOException e) {
            throw failure(FileTrouble.sentence(e), e);
        }
        try {
            Contents contents = copy(database, user, unfinished, json);
            DurableFiles.force(unfinished);
            Files.move(unfinished, file);
            DurableFiles.forceFolderOf(file);
            return contents;
        } catch (SQLException e) {
            throw failure(Sqlite.sentence(e), e);
        } catch (IOException e) {
            throw failure(FileTrouble.sentence(e), e);
        } finally {
            DurableFiles.deleteQuietly(unfinished);
        }
    }

    private static ParleyException failure(String why, Exception cause) {
        return new ParleyException(ErrorCode.UNAVAILABLE, "can't write the export: " + why, cause);
    }

    private static Contents copy(Path database, CallerId user, Path file, Function<Entry, String> json)
            throws SQLException, IOException {
        try (Connection connection = Sqlite.readOnly(database).getConnection();
                BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            if (Schema.version(connection) != Schema.NEWEST) {
                throw failure(
                        "the log in " + database + " has tables of an earlier version: start its server once", null);
            }
            return new Export(connection, out, json).run(user);
        }
    }

    private Contents run(CallerId user) throws SQLException, IOException {
        try (PreparedStatement find = connection.prepareStatement("select id from author where key = ?")) {
            find.setString(1, user.key());
            try (ResultSet row = find.executeQuery()) {
                if (row.next()) {
                    writeAuthor(
                            row.getLong(1),
                            new ErasureScope.OfUser(user).inbox().map(ErasureScope.OfRoom::room));
                }
            }
        }
        return new Contents(entries, marks, names);
    }

    private record Room(long id, RoomName name, long last, long deleted, long erased) {}

    private void writeAuthor(long author, Optional<RoomName> inbox) throws SQLException, IOException {
        try (PreparedStatement rooms = connection.prepareStatement("select id, name, "
                        + "(select max(seq) from entry where entry.room = room.id), deleted, erased"
                        + " from room where id > ? order by id limit 1");
                PreparedStatement said = connection.prepareStatement(
                        EntryRow.SELECT + "where room = ? and author = ? and seq > ? and seq <= ? order by seq");
                PreparedStatement received = connection.prepareStatement(
                        EntryRow.SELECT + "where room = ? and author <> ? and seq > ? and seq <= ? order by seq");
                PreparedStatement read =
                        connection.prepareStatement("select seq from mark where room = ? and author = ?")) {
            for (Room room = next(rooms, 0); room != null; room = next(rooms, room.id)) {
                for (long seq = room.deleted; seq < room.last; seq += ROWS) {
                    writeEntries(inbox.filter(room.name::equals).isPresent() ? received : said, room, author, seq);
                }
                writeMark(read, room, author);
            }
        }
        writeNames(author);
    }

    private static Room next(PreparedStatement query, long room) throws SQLException {
        query.setLong(1, room);
        try (ResultSet row = query.executeQuery()) {
            return row.next()
                    ? new Room(
                            row.getLong(1),
                            new RoomName(row.getString(2)),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5))
                    : null;
        }
    }

    private void writeEntries(PreparedStatement query, Room room, long author, long after)
            throws SQLException, IOException {
        query.setLong(1, room.id);
        query.setLong(2, author);
        query.setLong(3, after);
        query.setLong(4, after + ROWS);
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Entry entry = EntryRow.read(room.name, row);
                write(json.apply(entry.seq() > room.erased ? entry : entry.withoutContent()));
                entries++;
            }
        }
    }

    private void writeMark(PreparedStatement query, Room room, long author) throws SQLException, IOException {
        query.setLong(1, room.id);
        query.setLong(2, author);
        try (ResultSet row = query.executeQuery()) {
            if (row.next()) {
                write("{\"type\":\"read\",\"room\":\"%s\",\"seq\":%d}"
                        .formatted(escaped(room.name.value()), row.getLong(1)));
                marks++;
            }
        }
    }

    /** In the name of a room, only the ids of a direct room need escapes; the character between these is the only control character. */
    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u001f", "\\u001f");
    }

    private void writeNames(long author) throws SQLException, IOException {
        try (PreparedStatement query =
                connection.prepareStatement("select name from reserved_name where author = ? order by name")) {
            query.setLong(1, author);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    write("{\"type\":\"name\",\"name\":\"%s\"}".formatted(row.getString(1)));
                    names++;
                }
            }
        }
    }

    private void write(String line) throws IOException {
        out.write(line);
        out.write('\n');
    }
}
