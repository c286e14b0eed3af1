package dev.parley.log.sqlite;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.DraftListener;
import dev.parley.log.User;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An application with a log, loaded by a class loader that has nothing but Parley and SQLite. */
public final class Deployment implements AutoCloseable, DraftListener {
    private final CompletableFuture<Long> said = new CompletableFuture<>();
    private final GroupCommitLog log;

    public Deployment(Path folder) {
        log = SqliteLog.open(folder);
        log.start(this, entries -> {});
        log.append(new Draft(
                RoomName.LOBBY,
                new User("user:ann", new UserName("ann")),
                DraftId.of(null),
                new Body.Text("deployed"),
                new Draft.Outcome() {
                    @Override
                    public void said(Entry entry) {}

                    @Override
                    public void refused(ParleyException why) {}

                    @Override
                    public void unknown(ParleyException why) {}
                }));
    }

    @Override
    public void stored(List<Appended> batch) {
        said.complete(batch.get(0).entry().seq());
    }

    @Override
    public void refused(List<Draft> drafts, ParleyException why) {
        said.completeExceptionally(why);
    }

    @Override
    public void unknown(List<Draft> drafts, ParleyException why) {
        said.completeExceptionally(why);
    }

    @Override
    public String toString() {
        long drivers = DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == Deployment.class.getClassLoader())
                .count();
        return "entry " + said.join() + ", " + drivers + (drivers == 1 ? " driver" : " drivers");
    }

    @Override
    public void close() {
        log.close();
    }
}
