package dev.parley.client;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.ServerMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of one connection that wait for their replies. Thread-safe; replies are completed outside its lock.
 *
 * <p>Each ends: with its reply, or with the connection. At most 10,000 wait; one more is refused.
 */
final class Requests {
    private static final int MOST = 10_000;

    private record Request<T>(Class<T> reply, Answer<T> answer) {
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
    }

    private final Map<Ref, Request<?>> waiting = new HashMap<>();
    private ParleyException ended;
    private long lastRef;

    /**
     * @return the mark to be sent with the request
     * @throws ParleyException with {@code unavailable} once the connection has ended, with {@code tooFast} when too
     *     many wait
     */
    synchronized <T> Ref add(Class<T> reply, Answer<T> answer) {
        if (ended != null) {
            throw ended;
        }
        if (waiting.size() >= MOST) {
            throw new ParleyException(ErrorCode.TOO_FAST, MOST + " requests wait for their replies");
        }
        Ref ref = Ref.of(++lastRef);
        waiting.put(ref, new Request<>(reply, answer));
        return ref;
    }

    synchronized void forget(Ref ref) {
        waiting.remove(ref);
    }

    /** @return false when no request waits for this reply */
    boolean end(ServerMessage.Reply reply) {
        Request<?> request;
        synchronized (this) {
            request = waiting.remove(reply.ref());
        }
        if (request == null) {
            return false;
        }
        request.end(reply);
        return true;
    }

    /** From now on, requests are refused for this reason; the first reason holds. */
    synchronized void refuse(ParleyException why) {
        if (ended == null) {
            ended = why;
        }
    }

    /** Fails all that wait. To be called after {@link #refuse}; may be called again. */
    void failAll() {
        List<Request<?>> failed;
        ParleyException why;
        synchronized (this) {
            failed = List.copyOf(waiting.values());
            waiting.clear();
            why = ended;
        }
        failed.forEach(request -> request.answer().completeExceptionally(why));
    }
}
