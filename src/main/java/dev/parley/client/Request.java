package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;

/**
 * A message that a reply is due for, until it has it.
 *
 * @param bytes no fewer than it takes in a frame
 * @param deadline as {@link System#nanoTime}
 */
record Request<T>(ClientMessage message, int bytes, Class<T> reply, Answer<T> answer, long deadline) {

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
