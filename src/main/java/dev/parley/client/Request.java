package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.time.Duration;
import java.util.Objects;

/**
 * A message that waits for its reply.
 *
 * @param bytes an upper bound of its size in a frame
 * @param deadline when it fails without a reply, as {@link System#nanoTime}
 */
record Request<T>(ClientMessage message, int bytes, Class<T> reply, ReplyFuture<T> answer, long deadline) {

    Request {
        if (message instanceof ClientMessage.Stored stored) {
            // An unanswered message is sent again on the next connection, and its id keeps it from being stored twice.
            Objects.requireNonNull(stored.room(), "a stored message needs a room");
            Objects.requireNonNull(stored.id(), "a stored message needs an id");
        }
    }

    void end(ServerMessage.Reply with) {
        if (with instanceof ServerMessage.Error error) {
            answer.completeExceptionally(
                    error.retryAfter() == null
                            ? new ParleyException(error.code(), error.message())
                            : ParleyException.retryAfter(
                                    error.code(), error.message(), Duration.ofMillis(error.retryAfter())));
        } else if (reply.isInstance(with)) {
            answer.complete(reply.cast(with));
        } else {
            answer.completeExceptionally(ParleyException.badRequest("the server replied with "
                    + with.getClass().getSimpleName() + " where "
                    + reply.getSimpleName() + " was due"));
        }
    }

    void fail(ParleyException why) {
        answer.completeExceptionally(why);
    }
}
