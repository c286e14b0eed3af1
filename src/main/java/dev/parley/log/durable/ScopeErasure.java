package dev.parley.log.durable;

import dev.parley.log.ErasureScope;
import dev.parley.message.ParleyException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A user or a room that waits to be erased, and the stage that ends with the number of entries. All parts of the scope begin in one
 * transaction. For the writer's thread.
 */
final class ScopeErasure implements Request {
    private final ErasureScope scope;
    private final CompletableFuture<Long> result;
    /** Empty before it has begun, and if the database has nothing of the scope. */
    private final List<Part> parts = new ArrayList<>();

    /** @param result ends with the number of entries of this job */
    record Part(ErasureScope scope, ErasureJob job, CompletableFuture<Long> result) {}

    ScopeErasure(ErasureScope scope, CompletableFuture<Long> result) {
        this.scope = scope;
        this.result = result;
    }

    List<Part> parts() {
        return parts;
    }

    @Override
    public Runnable run(Appender appender, Listeners listeners) throws SQLException {
        for (ErasureScope each : scope.parts()) {
            Optional<ErasureJob> job = appender.beginErasure(each);
            job.ifPresent(begun -> parts.add(new Part(each, begun, new CompletableFuture<>())));
        }
        return () -> {
            parts.forEach(part -> listeners.erasing(part.scope, part.job.until()));
            CompletableFuture<Long> sum = CompletableFuture.completedFuture(0L);
            for (Part part : parts) {
                sum = sum.thenCombine(part.result, Long::sum);
            }
            sum.whenComplete(this::end);
        };
    }

    private void end(Long entries, Throwable why) {
        if (why == null) {
            result.complete(entries);
        } else {
            result.completeExceptionally(why.getCause() instanceof ParleyException cause ? cause : why);
        }
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
