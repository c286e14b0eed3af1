package dev.parley.log.durable;

import dev.parley.log.ErasureScope;
import dev.parley.message.ParleyException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A user or a room that waits to be erased, and the stage that ends with the number of entries. For the writer's thread. */
final class ScopeErasure implements Request {
    private final ErasureScope scope;
    private final CompletableFuture<Long> result;
    /** Empty before it has begun, and if the database has nothing of the scope. */
    private Optional<ErasureJob> job = Optional.empty();

    ScopeErasure(ErasureScope scope, CompletableFuture<Long> result) {
        this.scope = scope;
        this.result = result;
    }

    Optional<ErasureJob> job() {
        return job;
    }

    CompletableFuture<Long> result() {
        return result;
    }

    @Override
    public Runnable run(Appender appender, Listeners listeners) throws SQLException {
        job = appender.beginErasure(scope);
        return () -> {
            if (job.isPresent()) {
                listeners.erasing(scope, job.get().until());
            } else {
                result.complete(0L);
            }
        };
    }

    @Override
    public String erasedUser() {
        return scope instanceof ErasureScope.OfUser user ? user.user().key() : null;
    }

    @Override
    public void failed(ParleyException why, Listeners listeners) {
        result.completeExceptionally(why);
    }
}
