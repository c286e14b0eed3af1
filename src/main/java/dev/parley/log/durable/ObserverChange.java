package dev.parley.log.durable;

import dev.parley.message.ParleyException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A change of an observer's positions that waits to be written, and the stage that ends with it. */
record ObserverChange(Change change, CompletableFuture<Void> result) implements Request {
    /** Writes something. */
    interface Change {
        void write(ObserverWriter observers) throws SQLException;
    }

    @Override
    public Runnable run(Appender appender, Listeners listeners) throws SQLException {
        change.write(appender.observers());
        return () -> result.complete(null);
    }

    @Override
    public void failed(ParleyException why, Listeners listeners) {
        result.completeExceptionally(why);
    }
}
