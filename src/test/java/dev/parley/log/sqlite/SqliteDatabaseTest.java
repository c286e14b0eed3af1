package dev.parley.log.sqlite;

import dev.parley.log.durable.Database;
import dev.parley.log.durable.DurableDatabaseContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;

class SqliteDatabaseTest extends DurableDatabaseContract {
    @Override
    protected Database open(Path folder, ThreadFactory threads) {
        return SqliteDatabase.open(folder, OptionalLong.empty(), threads);
    }

    @Override
    protected int ownThreads() {
        return 1;
    }

    @Override
    protected void refuseOddIds(Path folder) throws SQLException {
        run(
                connect(folder),
                "create trigger odd before insert on entry when new.client_id like 'odd%' begin"
                        + " select raise(abort, 'odd'); end");
    }

    @Override
    protected void setTime(Path folder, long time) throws SQLException {
        run(
                connect(folder),
                "update meta set value = '%d' where key = 'time'".formatted(time),
                "update entry set at = " + time);
    }

    @Override
    protected Connection connect(Path folder) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
    }
}
