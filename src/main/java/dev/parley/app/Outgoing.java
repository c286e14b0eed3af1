package dev.parley.app;

import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.DraftResult;
import dev.parley.log.MessageLog;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.transaction.TransactionQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Sends the messages of the application: at once, or with the commit of the thread's transaction. Thread-safe.
 *
 * @param transactions null to send at once also in a transaction
 */
record Outgoing(MessageLog log, Completions completions, TransactionQueue transactions) {

    /** The same without transactions. */
    Outgoing now() {
        return new Outgoing(log, completions, null);
    }

    /**
     * Sends a message.
     *
     * @param id the application's own; or null
     * @return completes with the entry
     * @throws ParleyException with {@code unavailable} if the thread has a transaction, and the message was not added to it. Few
     *     look at the stage of a message, and without an exception the transaction would commit without the message
     */
    CompletionStage<Entry> send(RoomName room, User from, String id, Body body) {
        DraftResult stored = new DraftResult();
        Draft draft = new Draft(room, from, DraftId.of(id), body, stored);
        if (transactions == null || !transactions.isInTransaction()) {
            return completions.of(() -> {
                log.append(draft);
                return stored;
            });
        }
        CompletionStage<Entry> stage = completions.of(() -> {
            transactions.add(draft);
            return stored;
        });
        throwRefusal(stage.toCompletableFuture());
        return stage;
    }

    private static void throwRefusal(CompletableFuture<Entry> stage) {
        if (stage.isCompletedExceptionally()) {
            try {
                stage.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof ParleyException why ? why : e;
            }
        }
    }
}
