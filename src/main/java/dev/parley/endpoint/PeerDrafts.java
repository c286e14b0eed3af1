package dev.parley.endpoint;

import dev.parley.message.Body;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * The review of the messages of one peer, one at a time. It never blocks. Not thread-safe: it is guarded by its conversation,
 * except for {@link #areOpen}.
 */
final class PeerDrafts {
    private final Connection connection;
    private final DraftReview review;
    private final Duration patience;
    /** The body of the message that is reviewed, the very object; null if none is. */
    private Body asked;

    private CompletableFuture<Body> question;
    private long since;
    /** The answer to the question, on the loop of the connection. */
    private volatile CompletableFuture<Body> answer;

    /** @param patience the time that a review may take */
    PeerDrafts(Connection connection, DraftReview review, Duration patience) {
        this.connection = connection;
        this.review = review;
        this.patience = patience;
    }

    /** Whether messages to this room are reviewed. */
    boolean areFor(RoomName room) {
        return review.isFor(room);
    }

    /** Whether a review has not ended. Thread-safe. */
    boolean areOpen() {
        CompletableFuture<Body> one = answer;
        return one != null && !one.isDone();
    }

    /**
     * Completes when the message was reviewed; null if it was. Called again for the same message until it was handled or
     * rejected.
     *
     * @param id the client's id for the message; or null
     */
    CompletionStage<?> answerFor(RoomName room, String id, Body body) {
        if (asked != body) {
            end();
            asked = body;
            since = System.nanoTime();
            question = review.review(connection.user(), connection.status.caller(), room, id, body);
            // The messages that wait are handled there, and never on a thread of the application or of the log.
            answer = question.whenCompleteAsync((decided, failure) -> {}, connection.loop());
        }
        return answer.isDone() ? null : answer;
    }

    /**
     * What is stored for a message, and ends its review.
     *
     * @return the same body if it was not reviewed
     * @throws ParleyException if the message must not be stored
     */
    Body take(Body body) {
        if (asked != body) {
            return body;
        }
        CompletableFuture<Body> done = answer;
        end();
        try {
            return done.join();
        } catch (CompletionException | CancellationException e) {
            if (e.getCause() instanceof ParleyException why) {
                throw why;
            }
            throw new ParleyException(ErrorCode.UNAVAILABLE, "this message can't be stored now; try again later", e);
        }
    }

    /** Gives up a review that takes too long. */
    void look() {
        if (question != null && System.nanoTime() - since >= patience.toNanos()) {
            question.completeExceptionally(new ParleyException(
                    ErrorCode.UNAVAILABLE,
                    "the application did not decide about this message in " + patience.toMillis()
                            + " ms; try again later",
                    new TimeoutException()));
        }
    }

    /** Cancels the review, if there is one. */
    void end() {
        if (question != null) {
            question.cancel(false);
        }
        asked = null;
        question = null;
        answer = null;
    }
}
