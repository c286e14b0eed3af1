package dev.parley.log.sqlite;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Copies a log, as it is at one moment, into one file, while a server may write to the log. Stateless.
 *
 * <p>It must run in a process of its own. SQLite's locks belong to the process, so closing the database here would
 * release the locks of a log that is open in the same JVM.
 */
public final class Backup {
    private static final String UNFINISHED = ".part";

    private Backup() {}

    /**
     * The contents of a log's file.
     *
     * @param bytes its size
     */
    public record Contents(long entries, long rooms, long bytes) {
        static Contents of(Connection connection, Path file) throws SQLException, IOException {
            // The numbers of a room have no gaps, so the last one and the last deleted one give the number of its
            // entries.
            String deleted = Schema.version(connection) < Schema.FIRST_WITH_DELETED ? "0" : "deleted";
            String count = """
                    select coalesce(sum(last - deleted), 0), count(*) from (select %1$s as deleted,
                    (select max(seq) from entry where entry.room = room.id and seq > %1$s) as last from room)
                    """.formatted(deleted);
            try (Statement query = connection.createStatement();
                    ResultSet row = query.executeQuery(count)) {
                row.next();
                return new Contents(row.getLong(1), row.getLong(2), Files.size(file));
            }
        }
    }

    /**
     * Writes the backup. The file gets its name only after it is complete and on the disk, and only its owner has
     * access. A server that writes meanwhile does not have to wait; entries that it adds after the start of the copy
     * are not in the backup.
     *
     * @param folder the data folder; nothing in it is changed
     * @param file must not exist
     * @throws ParleyException with {@code unavailable} if there is no log in the folder, if the file exists, or if it
     *     can't be written; then no file is left behind
     */
    public static Contents write(Path folder, Path file) {
        Path database = DataFolder.databaseIn(folder);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            if (!Files.isReadable(database)) {
                throw failure(why(folder, database), null);
            }
            if (Files.exists(file)) {
                throw failure(file + " exists already", null);
            }
            OwnerOnly.createFile(unfinished);
        } catch (FileAlreadyExistsException e) {
            throw failure(
                    unfinished + " exists already: another backup is being written, or one was interrupted and this"
                            + " file must be deleted",
                    e);
        } catch (IOException e) {
            throw failure(FileTrouble.sentence(e), e);
        }
        try {
            copy(database, unfinished);
            Contents contents = contents(unfinished);
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

    private static String why(Path folder, Path database) {
        if (!Files.isReadable(folder) || Files.exists(database)) {
            return Files.exists(folder)
                    ? "the user " + System.getProperty("user.name") + " may not read " + folder
                    : "there is no folder " + folder;
        }
        return "there is no log in " + folder;
    }

    private static ParleyException failure(String why, Exception cause) {
        return new ParleyException(ErrorCode.UNAVAILABLE, "can't write the backup: " + why, cause);
    }

    private static void copy(Path database, Path file) throws SQLException {
        try (Connection connection = Sqlite.readOnly(database).getConnection()) {
            if (Schema.version(connection) == 0) {
                throw failure(database + " is no log of Parley", null);
            }
            // The copy is one read transaction. SQLite's page by page copy would have to start again after each write
            // of the server.
            try (PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
                copy.setString(1, file.toUri().toASCIIString());
                copy.execute();
            }
        }
    }

    private static Contents contents(Path file) throws SQLException, IOException {
        try (Connection connection = Sqlite.readOnly(file).getConnection()) {
            return Contents.of(connection, file);
        }
    }
}
