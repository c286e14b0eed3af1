package dev.parley.log.h2;

import dev.parley.log.durable.Database;
import dev.parley.log.durable.DurableDatabaseContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadFactory;

class H2DatabaseTest extends DurableDatabaseContract {
    @Override
    protected Database open(Path folder, ThreadFactory threads) {
        return H2Database.open(folder);
    }

    @Override
    protected int ownThreads() {
        return 0;
    }

    @Override
    protected void refuseOddIds(Path folder) throws SQLException {
        run(
                connect(folder),
                "alter table entry add constraint odd check (client_id is null or client_id not like 'odd%')");
    }

    @Override
    protected void setTime(Path folder, long time) throws SQLException {
        run(connect(folder), "update log set newest = " + time, "update entry set at = " + time);
    }

    @Override
    protected Connection connect(Path folder) throws SQLException {
        return H2Database.connect(folder);
    }
}
