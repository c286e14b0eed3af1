package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.ServerMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The requests of a client that wait for their replies, in the order in which they were made, over all its connections:
 * a new connection sends those again that the one before left unanswered. Thread-safe; answers are completed outside its
 * lock.
 *
 * <p>At most {@value #MOST} requests and 16 MiB wait; one more is refused with {@code tooFast}. No more of them are under
 * way at once than the server takes in a second, so that it is never the server that finds them too many: not even when
 * a line that stood still delivers them all in one moment.
 */
final class Requests {
    private static final int MOST = 10_000;
    private static final int MOST_BYTES = 16 << 20;

    private final ListenerThread thread;
    private final long patience;
    private final Map<Ref, Request<?>> waiting = new LinkedHashMap<>();
    /** Those of them that this connection has not sent, in their order. */
    private final Deque<Request<?>> unsent = new ArrayDeque<>();

    private final Set<Ref> underWay = new HashSet<>();
    private long bytes;
    private long lastRef;
    private Limits limits;
    private ParleyException ended;

    /** @param patience how long a request may wait */
    Requests(ListenerThread thread, Duration patience) {
        this.thread = thread;
        this.patience = patience.toNanos();
    }

    synchronized Ref nextRef() {
        return Ref.of(++lastRef);
    }

    /** @return fails at once with {@code tooFast}, {@code tooLarge}, or with the reason for the end */
    <T> ReplyFuture<T> add(Class<T> reply, Function<Ref, ClientMessage> of) {
        ReplyFuture<T> answer = new ReplyFuture<>(thread);
        try {
            ClientMessage message = of.apply(nextRef());
            FrameLimit.check(message, limits());
            put(new Request<>(message, Weight.atMost(message), reply, answer, System.nanoTime() + patience));
        } catch (ParleyException refused) {
            answer.completeExceptionally(refused);
        }
        return answer;
    }

    private synchronized void put(Request<?> request) {
        if (ended != null) {
            throw ended;
        }
        if (waiting.size() >= MOST || bytes + request.bytes() > MOST_BYTES) {
            throw new ParleyException(
                    ErrorCode.TOO_FAST, "too much waits to be sent or answered; nothing of this was sent");
        }
        waiting.put(request.message().ref(), request);
        unsent.add(request);
        bytes += request.bytes();
    }

    private synchronized Limits limits() {
        return limits;
    }

    /** What the server takes from now on; what is larger fails. */
    void limit(Limits known) {
        List<Request<?>> all;
        synchronized (this) {
            limits = known;
            all = List.copyOf(waiting.values());
        }
        for (Request<?> request : all) {
            try {
                FrameLimit.check(request.message(), known);
            } catch (ParleyException tooLarge) {
                if (remove(request.message().ref()) != null) {
                    request.fail(tooLarge);
                }
            }
        }
    }

    /** A new connection: nothing of what waits has been sent on it. */
    synchronized void sendAgain() {
        underWay.clear();
        unsent.clear();
        unsent.addAll(waiting.values());
    }

    /** Whether one of them may be sent now. */
    synchronized boolean hasNext() {
        return !unsent.isEmpty() && (limits == null || underWay.size() < limits.rate());
    }

    /** @return the next one to be sent, which counts as sent now; or null where there is none that fits */
    synchronized ClientMessage next(Predicate<ClientMessage> fits) {
        if (!hasNext() || !fits.test(unsent.peek().message())) {
            return null;
        }
        ClientMessage next = unsent.remove().message();
        underWay.add(next.ref());
        return next;
    }

    /** From where a room was asked for by the request with this mark; null where it wasn't, or nobody waits for it. */
    synchronized Long since(Ref ref) {
        Request<?> request = waiting.get(ref);
        return request != null && request.message() instanceof ClientMessage.Join join ? join.since() : null;
    }

    /** @return false when no request waits for this reply */
    boolean end(ServerMessage.Reply reply) {
        Request<?> request = remove(reply.ref());
        if (request != null) {
            request.end(reply);
        }
        return request != null;
    }

    private synchronized Request<?> remove(Ref ref) {
        Request<?> request = waiting.remove(ref);
        if (request != null) {
            bytes -= request.bytes();
            if (!underWay.remove(ref)) {
                unsent.remove(request);
            }
        }
        return request;
    }

    /** Takes those out that have waited too long. To be failed by the caller. */
    synchronized List<Request<?>> late(long now) {
        List<Request<?>> late = new ArrayList<>();
        // In the order of their making, which is that of their deadlines.
        for (Request<?> request : waiting.values()) {
            if (request.deadline() - now > 0) {
                break;
            }
            late.add(request);
        }
        late.forEach(request -> remove(request.message().ref()));
        return late;
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
            unsent.clear();
            underWay.clear();
            bytes = 0;
            why = ended;
        }
        failed.forEach(request -> request.fail(why));
    }
}
