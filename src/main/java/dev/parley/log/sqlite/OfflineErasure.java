package dev.parley.log.sqlite;

import dev.parley.log.ErasureScope;
import dev.parley.log.durable.Appender;
import dev.parley.log.durable.ErasureJob;
import dev.parley.log.durable.ErasureStep;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Erases everything of a user or a room in a log that no server uses. Stateless. */
public final class OfflineErasure {
    private OfflineErasure() {}

    /**
     * Erases in the same small steps as a server does. If it is interrupted, the next start of the server erases the rest.
     *
     * @param folder the data folder
     * @return the number of entries
     * @throws ParleyException with {@code unavailable} if a server uses the folder, or there is no log in it, or it can't be
     *     written
     */
    public static long run(Path folder, ErasureScope scope) {
        if (!Files.exists(DataFolder.databaseIn(folder))) {
            throw failure("there is no log in " + folder, null);
        }
        try (SqliteDatabase database = SqliteDatabase.open(folder, OptionalLong.empty(), Thread::new);
                Appender appender = database.appender()) {
            Optional<ErasureJob> job = appender.beginErasure(scope);
            appender.commit();
            long entries = 0;
            // An earlier job may be left, and comes first.
            for (Optional<ErasureStep> step = appender.eraseNext(); step.isPresent(); step = appender.eraseNext()) {
                appender.commit();
                entries = job.isPresent() && step.get().job() == job.get().id()
                        ? step.get().entries()
                        : entries;
            }
            appender.purge();
            return entries;
        } catch (SQLException e) {
            throw failure(Sqlite.sentence(e), e);
        }
    }

    private static ParleyException failure(String why, Exception cause) {
        return new ParleyException(ErrorCode.UNAVAILABLE, "can't erase: " + why, cause);
    }
}
