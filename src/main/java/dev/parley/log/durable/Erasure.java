package dev.parley.log.durable;

import dev.parley.log.ModerationRequest;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The content of an entry that waits to be erased, and the stage that ends with the result.
 *
 * @param audited stored in the audit log; null for none
 */
record Erasure(RoomName room, long seq, ModerationRequest audited, CompletableFuture<Boolean> result)
        implements Request {
    @Override
    public Runnable run(Appender appender, Listeners listeners) throws SQLException {
        Instant now = Instant.now();
        if (audited != null) {
            try {
                appender.moderation().check(audited, now);
            } catch (ParleyException e) {
                return () -> result.completeExceptionally(e);
            }
        }
        boolean erased = appender.erase(room, seq);
        if (erased && audited != null) {
            appender.moderation().moderate(audited, now);
        }
        return () -> {
            if (erased) {
                // Also if it was erased before: perhaps the commit had no answer then, and the listener does not know.
                listeners.erased(List.of(new ServerMessage.Erased(room, seq)));
            }
            result.complete(erased);
        };
    }

    @Override
    public void failed(ParleyException why, Listeners listeners) {
        result.completeExceptionally(why);
    }
}
