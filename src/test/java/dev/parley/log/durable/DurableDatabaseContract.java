package dev.parley.log.durable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Nested;

/** What a {@link Database} promises in addition that keeps its entries on a disk. */
public abstract class DurableDatabaseContract extends DatabaseContract {
    /** How many threads the database has of its own. */
    protected abstract int ownThreads();

    /** From now on no entry with a sender's id that begins with {@code odd} can be stored. The log is closed. */
    protected abstract void refuseOddIds(Path folder) throws SQLException;

    /** Gives all entries this time, as a wrong clock does. The log is closed. */
    protected abstract void setTime(Path folder, long time) throws SQLException;

    /** A connection to the database of a folder whose log is closed. */
    protected abstract Connection connect(Path folder) throws SQLException;

    /** Runs statements in one transaction, and closes the connection. */
    protected static void run(Connection opened, String... statements) throws SQLException {
        try (Connection connection = opened;
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            connection.commit();
        }
    }

    @Nested
    class KeptAttachments extends KeptAttachmentsContract {
        KeptAttachments() {
            super(DurableDatabaseContract.this);
        }
    }

    @Nested
    class KeptEntries extends KeptEntriesContract {
        KeptEntries() {
            super(DurableDatabaseContract.this);
        }
    }

    @Nested
    class KeptRetention extends KeptRetentionContract {
        KeptRetention() {
            super(DurableDatabaseContract.this);
        }
    }

    @Nested
    class SweepSteps extends SweepStepContract {
        SweepSteps() {
            super(DurableDatabaseContract.this);
        }
    }

    @Nested
    class BusySweeps extends BusySweepContract {
        BusySweeps() {
            super(DurableDatabaseContract.this);
        }
    }

    @Nested
    class ErasureSteps extends ErasureStepContract {
        ErasureSteps() {
            super(DurableDatabaseContract.this);
        }
    }

    @Nested
    class Stalls extends StallContract {
        Stalls() {
            super(DurableDatabaseContract.this);
        }
    }
}
