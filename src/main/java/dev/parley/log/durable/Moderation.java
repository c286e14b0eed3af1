package dev.parley.log.durable;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.message.ParleyException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** An action of a moderator that waits to be stored, and the stage that ends with the result. */
record Moderation(ModerationRequest request, CompletableFuture<StandingsChange> result) implements Request {
    @Override
    public Runnable run(Appender appender, Listeners listeners) throws SQLException {
        StandingsChange change;
        try {
            change = appender.moderation().moderate(request, Instant.now());
        } catch (ParleyException e) {
            return () -> result.completeExceptionally(e);
        }
        return () -> {
            listeners.changed(change);
            result.complete(change);
        };
    }

    /** Perhaps the commit only had no answer. */
    @Override
    public void failed(ParleyException why, Listeners listeners) {
        listeners.unknown(request.room());
        result.completeExceptionally(why);
    }
}
