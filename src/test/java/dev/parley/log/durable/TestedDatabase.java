package dev.parley.log.durable;

import dev.parley.log.h2.H2Database;
import dev.parley.log.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The databases for which the contract of the log is tested. */
enum TestedDatabase {
    SQLITE(
            1,
            "create trigger odd before insert on entry when new.client_id like 'odd%' begin"
                    + " select raise(abort, 'odd'); end",
            "update meta set value = '%d' where key = 'time'") {
        @Override
        Database open(Path folder, ThreadFactory threads) {
            return SqliteDatabase.open(folder, OptionalLong.empty(), threads);
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            return manual(DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db")));
        }
    },
    H2(
            0,
            "alter table entry add constraint odd check (client_id is null or client_id not like 'odd%')",
            "update log set newest = %d") {
        @Override
        Database open(Path folder, ThreadFactory threads) {
            return H2Database.open(folder);
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            return manual(H2Database.connect(folder));
        }
    };

    /** How many threads the database has of its own. */
    final int ownThreads;

    private final String oddIds;
    private final String newestTime;

    TestedDatabase(int ownThreads, String oddIds, String newestTime) {
        this.ownThreads = ownThreads;
        this.oddIds = oddIds;
        this.newestTime = newestTime;
    }

    /** Opens the database in a folder, and makes both where they are missing. */
    abstract Database open(Path folder, ThreadFactory threads);

    /** A connection beside that of a log, without auto-commit. */
    abstract Connection connect(Path folder) throws SQLException;

    GroupCommitLog openLog(Path folder) {
        return openLog(folder, Executors.defaultThreadFactory());
    }

    GroupCommitLog openLog(Path folder, ThreadFactory threads) {
        return GroupCommitLog.open(open(folder, threads), threads);
    }

    /** From now on no entry with a sender's id that begins with {@code odd} can be stored. */
    void refuseOddIds(Path folder) throws SQLException {
        change(folder, oddIds);
    }

    /** Gives all entries this time, as a wrong clock does. */
    void setTime(Path folder, long time) throws SQLException {
        change(folder, newestTime.formatted(time), "update entry set at = " + time);
    }

    private void change(Path folder, String... sentences) throws SQLException {
        try (Connection connection = connect(folder);
                Statement statement = connection.createStatement()) {
            for (String sql : sentences) {
                statement.executeUpdate(sql);
            }
            connection.commit();
        }
    }

    private static Connection manual(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return connection;
    }
}
