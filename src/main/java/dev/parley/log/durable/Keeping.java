package dev.parley.log.durable;

import dev.parley.log.User;
import dev.parley.message.Keep;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** How long a room keeps its entries, which waits to be stored, and the stage that ends then. */
record Keeping(User by, RoomName room, Keep keep, CompletableFuture<Void> result) implements Request {
    @Override
    public Runnable run(Appender appender, Listeners listeners) throws SQLException {
        try {
            appender.moderation().keep(by, room, keep, Instant.now());
        } catch (ParleyException e) {
            return () -> result.completeExceptionally(e);
        }
        return () -> result.complete(null);
    }

    @Override
    public void failed(ParleyException why, Listeners listeners) {
        result.completeExceptionally(why);
    }
}
