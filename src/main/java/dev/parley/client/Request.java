package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.util.Objects;

/**
 * A message that a reply is due for, until it has it.
 *
 * @param bytes no fewer than it takes in a frame
 * @param deadline as {@link System#nanoTime}
 */
record Request<T>(ClientMessage message, int bytes, Class<T> reply, ReplyFuture<T> answer, long deadline) {

    Request {
        if (message instanceof ClientMessage.Stored stored) {
            // Whatever has no answer yet is sent again on the next connection.
            Objects.requireNonNull(stored.room(), "what is stored needs a room");
            Objects.requireNonNull(stored.id(), "what is stored needs an id");
        }
    }

    void end(ServerMessage.Reply with) {
        if (with instanceof ServerMessage.Error error) {
            answer.completeExceptionally(new ParleyException(error.code(), error.message()));
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
