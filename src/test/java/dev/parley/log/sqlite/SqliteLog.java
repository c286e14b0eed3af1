package dev.parley.log.sqlite;

import dev.parley.log.StandingListener;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.message.Retention;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The log on SQLite, as the product opens it. */
final class SqliteLog {
    private SqliteLog() {}

    static GroupCommitLog open(Path folder) {
        return open(folder, OptionalLong.empty());
    }

    static GroupCommitLog open(Path folder, OptionalLong diskFree) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        return GroupCommitLog.open(SqliteDatabase.open(folder, diskFree, threads), threads);
    }

    static GroupCommitLog open(Path folder, Retention retention) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        SqliteDatabase database = SqliteDatabase.open(folder, OptionalLong.empty(), threads);
        return GroupCommitLog.open(database, threads, retention, deleted -> {}, name -> {}, StandingListener.NONE);
    }
}
