package dev.parley.log.durable;

import dev.parley.log.StandingListener;
import dev.parley.message.Retention;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link Database} promises, also one that keeps nothing on a disk, and what the log makes of it. The test of
 * a database extends this class, or {@link DurableDatabaseContract} where the database outlives its process.
 */
public abstract class DatabaseContract {
    /**
     * Opens the database that belongs to a folder, and makes both where they are missing. Two folders are two
     * databases.
     *
     * @param threads makes the threads that the database has of its own
     */
    protected abstract Database open(Path folder, ThreadFactory threads);

    GroupCommitLog openLog(Path folder) {
        return openLog(folder, Executors.defaultThreadFactory());
    }

    GroupCommitLog openLog(Path folder, ThreadFactory threads) {
        return GroupCommitLog.open(open(folder, threads), threads);
    }

    /** A log that keeps what these rules say. */
    GroupCommitLog openLog(Path folder, Retention retention) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        return GroupCommitLog.open(
                open(folder, threads), threads, retention, deleted -> {}, name -> {}, StandingListener.NONE);
    }

    /** A log that notifies of standings. */
    GroupCommitLog openLog(Path folder, StandingListener standings) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        return GroupCommitLog.open(
                open(folder, threads), threads, Retention.FOREVER, deleted -> {}, name -> {}, standings);
    }

    @Nested
    class Entries extends EntriesContract {
        Entries() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Pages extends PagesContract {
        Pages() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Attachments extends AttachmentsContract {
        Attachments() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Marks extends MarksContract {
        Marks() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Observers extends ObserversContract {
        Observers() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class DirectRooms extends DirectRoomsContract {
        DirectRooms() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Retained extends RetentionContract {
        Retained() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Erasures extends ErasureContract {
        Erasures() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Moderated extends ModerationContract {
        Moderated() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class ScopeErasures extends ScopeErasureContract {
        ScopeErasures() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Roles extends RolesContract {
        Roles() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class RoleInvitations extends RoleInvitationsContract {
        RoleInvitations() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Lifted extends LiftingContract {
        Lifted() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Lifecycle extends LifecycleContract {
        Lifecycle() {
            super(DatabaseContract.this);
        }
    }

    @Nested
    class Faults extends FaultContract {
        Faults() {
            super(DatabaseContract.this);
        }
    }
}
