package dev.parley.app;

import dev.parley.CallerHandle;
import dev.parley.log.ErasureScope;
import dev.parley.log.MessageLog;
import dev.parley.message.CallerId;
import java.util.concurrent.CompletionStage;

/** The {@link CallerHandle} of a caller in this process. Immutable, thread-safe. */
record LocalCaller(MessageLog log, Completions completions, ErasureScope.OfUser scope) implements CallerHandle {
    @Override
    public CallerId id() {
        return scope.user();
    }

    @Override
    public CompletionStage<Long> erase() {
        return completions.of(() -> log.eraseAll(scope));
    }
}
