package dev.parley.log.sqlite;

import dev.parley.log.ErasureScope;
import dev.parley.log.durable.Appender;
import dev.parley.log.durable.ErasureStep;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Erases everything of a user or a room in a log that no server uses. Stateless. */
public final class OfflineErasure {
    /** How long readers of the files are waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private OfflineErasure() {}

    /**
     * Erases in the same small steps as a server does. If it is interrupted, the next start of the server erases the rest.
     *
     * @param folder the data folder
     * @return the number of entries; of all steps, if an interrupted erasure goes on
     * @throws ParleyException with {@code unavailable} if a server uses the folder, or there is no log in it, or it can't be
     *     written, or another program reads it for some seconds, so that erased content stays in the files: then it can be
     *     repeated
     */
    public static long run(Path folder, ErasureScope scope) {
        if (!Files.exists(DataFolder.databaseIn(folder))) {
            throw failure("there is no log in " + folder, null);
        }
        try (SqliteDatabase database = SqliteDatabase.open(folder, OptionalLong.empty(), Thread::new);
                Appender appender = database.appender()) {
            // The entries of each job of this erasure. An earlier job may be left, and comes first.
            Map<Long, Long> entries = new HashMap<>();
            for (ErasureScope part : scope.parts()) {
                appender.beginErasure(part).ifPresent(job -> entries.put(job.id(), 0L));
            }
            appender.commit();
            for (Optional<ErasureStep> step = appender.eraseNext(); step.isPresent(); step = appender.eraseNext()) {
                appender.commit();
                entries.replace(step.get().job(), step.get().entries());
            }
            purge(appender, folder);
            return entries.values().stream().mapToLong(Long::longValue).sum();
        } catch (SQLException e) {
            throw failure(Sqlite.sentence(e), e);
        }
    }

    /** Each call waits a moment for readers. */
    private static void purge(Appender appender, Path folder) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!appender.purge()) {
            if (System.nanoTime() - end > 0) {
                throw new ParleyException(
                        ErrorCode.UNAVAILABLE,
                        "all is erased, but the content is still in the files, because another program reads the log in "
                                + folder + "; end it and try again");
            }
        }
    }

    private static ParleyException failure(String why, Exception cause) {
        return new ParleyException(ErrorCode.UNAVAILABLE, "can't erase: " + why, cause);
    }
}
