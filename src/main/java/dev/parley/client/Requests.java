package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The requests of a client that wait for their replies, in the order in which they were made, over all its connections.
 * A new connection sends all unanswered requests again. Thread-safe; replies are completed outside its lock.
 *
 * <p>At most {@value #MOST} requests and 16 MiB wait; one more is rejected with {@code tooFast}. At most as many are in
 * flight at once as the server accepts in one second. So the server never rejects one for its rate, even if a stalled
 * connection delivers all of them at one moment.
 */
final class Requests {
    private static final int MOST = 10_000;
    private static final int MOST_BYTES = 16 << 20;

    private final ListenerThread thread;
    private final long timeout;
    private final Map<Ref, Request<?>> waiting = new LinkedHashMap<>();
    /** The waiting requests that this connection has not sent, in their order. */
    private final Deque<Request<?>> unsent = new ArrayDeque<>();

    /** The waiting requests that this connection has sent. */
    private final Set<Ref> inFlight = new HashSet<>();
    /** The waiting requests that an earlier connection has sent. The server may have handled them. */
    private final Set<Ref> sentBefore = new HashSet<>();
    /** The waiting requests to leave a room that the client was put out of meanwhile. */
    private final Set<Ref> leftAlready = new HashSet<>();
    /** Rooms that must be joined again before any message is sent to them. */
    private final Set<RoomName> held = new HashSet<>();
    /** Messages that were sent to a room before the client was put out of it, with the reason. They are not sent again. */
    private final Map<Ref, ParleyException> lost = new HashMap<>();

    private long bytes;
    private long lastRef;
    private Limits limits;
    private ParleyException ended;

    /** @param timeout how long a request may wait for its reply */
    Requests(ListenerThread thread, Duration timeout) {
        this.thread = thread;
        this.timeout = timeout.toNanos();
    }

    synchronized Ref nextRef() {
        return Ref.of(++lastRef);
    }

    /** @return the reply; it fails at once with {@code tooFast}, {@code tooLarge}, or with the reason for the end */
    <T> ReplyFuture<T> add(Class<T> reply, Function<Ref, ClientMessage> of) {
        ReplyFuture<T> answer = new ReplyFuture<>(thread);
        try {
            ClientMessage message = of.apply(nextRef());
            FrameLimit.check(message, limits());
            put(new Request<>(message, MessageSize.atMost(message), reply, answer, System.nanoTime() + timeout));
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
                    ErrorCode.TOO_FAST, "too many requests wait to be sent or answered; this one was not sent");
        }
        waiting.put(request.message().ref(), request);
        if (!isHeld(request)) {
            unsent.add(request);
        }
        bytes += request.bytes();
    }

    private synchronized Limits limits() {
        return limits;
    }

    /**
     * Sets the server's limits. Waiting requests that are larger fail with {@code tooLarge}. If an earlier connection has
     * sent one, it fails with {@code unavailable}, because an earlier server may have handled it.
     */
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
                boolean wasSent = wasSent(request.message().ref());
                if (remove(request.message().ref()) != null) {
                    request.fail(wasSent ? unknown(tooLarge) : tooLarge);
                }
            }
        }
    }

    private synchronized boolean wasSent(Ref ref) {
        return inFlight.contains(ref) || sentBefore.contains(ref);
    }

    private static ParleyException unknown(ParleyException tooLarge) {
        return new ParleyException(
                ErrorCode.UNAVAILABLE,
                "the connection broke before the reply, and the request can't be sent again: " + tooLarge.getMessage());
    }

    /** A new connection begins: it has sent none of the waiting requests. */
    void sendAgain() {
        Map<Request<?>, ParleyException> failed = new LinkedHashMap<>();
        synchronized (this) {
            sentBefore.addAll(inFlight);
            inFlight.clear();
            Map.copyOf(lost).forEach((ref, why) -> failed.put(remove(ref), why));
            order();
        }
        failed.forEach(Request::fail);
    }

    private void order() {
        unsent.clear();
        for (Request<?> request : waiting.values()) {
            if (!inFlight.contains(request.message().ref()) && !isHeld(request)) {
                unsent.add(request);
            }
        }
    }

    private boolean isHeld(Request<?> request) {
        return !held.isEmpty() && held.contains(roomOf(request.message()));
    }

    /** The room of a message that has to wait until the room is joined again; null for other messages. */
    private static RoomName roomOf(ClientMessage message) {
        if (message instanceof ClientMessage.Stored stored) {
            return stored.room();
        }
        if (message instanceof ClientMessage.Fetch fetch) {
            return fetch.room();
        }
        return message instanceof ClientMessage.History history ? history.room() : null;
    }

    /** From now on, only joins and leaves are sent to this room. */
    synchronized void hold(RoomName room) {
        held.add(room);
        order();
    }

    synchronized void release(RoomName room) {
        if (held.remove(room)) {
            order();
        }
    }

    /** Whether messages to this room have to wait. */
    synchronized boolean isHeld(RoomName room) {
        return held.contains(room);
    }

    /** The client is not in the room any more. Unsent messages to the room fail, and sent ones are not sent again. */
    void lose(RoomName room, ParleyException why) {
        List<Request<?>> failed = new ArrayList<>();
        synchronized (this) {
            held.remove(room);
            for (Request<?> request : List.copyOf(waiting.values())) {
                Ref ref = request.message().ref();
                if (request.message() instanceof ClientMessage.Leave leave && room.equals(leave.room())) {
                    leftAlready.add(ref);
                } else if (room.equals(roomOf(request.message()))) {
                    if (inFlight.contains(ref)) {
                        lost.put(ref, why);
                    } else {
                        failed.add(remove(ref));
                    }
                }
            }
        }
        failed.forEach(request -> request.fail(why));
    }

    /** The client is another user, whose direct rooms are others: all requests for these rooms fail. */
    void failDirect(ParleyException why) {
        List<Request<?>> failed = new ArrayList<>();
        synchronized (this) {
            for (Request<?> request : List.copyOf(waiting.values())) {
                RoomName room = request.message().room();
                if (room != null && room.isView()) {
                    failed.add(remove(request.message().ref()));
                }
            }
        }
        failed.forEach(request -> request.fail(why));
    }

    /** Whether a request may be sent now. */
    synchronized boolean hasNext() {
        return !unsent.isEmpty() && (limits == null || inFlight.size() < limits.rate());
    }

    /** @return the next request to send, which counts as sent from now on; null if there is none or it does not fit */
    synchronized ClientMessage next(Predicate<ClientMessage> fits) {
        if (!hasNext() || !fits.test(unsent.peek().message())) {
            return null;
        }
        ClientMessage next = unsent.remove().message();
        inFlight.add(next.ref());
        return next;
    }

    /** The {@code since} of the waiting join with this {@code ref}; null if it has none, or no such join waits. */
    synchronized Long since(Ref ref) {
        Request<?> request = waiting.get(ref);
        return request != null && request.message() instanceof ClientMessage.Join join ? join.since() : null;
    }

    /** The room of the leave request with this {@code ref}; null if there is no such request. */
    synchronized RoomName leaving(Ref ref) {
        Request<?> request = waiting.get(ref);
        return request != null && request.message() instanceof ClientMessage.Leave leave ? leave.room() : null;
    }

    /** Whether this is a request to leave a room that the client was put out of after the request was made. */
    synchronized boolean hasLeftAlready(Ref ref) {
        return leftAlready.contains(ref);
    }

    /** @return false if no request waits for this reply */
    boolean end(ServerMessage.Reply reply) {
        Request<?> request = remove(reply.ref());
        if (request != null) {
            request.end(reply);
        }
        return request != null;
    }

    private synchronized Request<?> remove(Ref ref) {
        Request<?> request = waiting.remove(ref);
        lost.remove(ref);
        sentBefore.remove(ref);
        leftAlready.remove(ref);
        if (request != null) {
            bytes -= request.bytes();
            if (!inFlight.remove(ref)) {
                unsent.remove(request);
            }
        }
        return request;
    }

    /** Removes the requests whose deadline has passed. The caller fails them. */
    synchronized List<Request<?>> late(long now) {
        List<Request<?>> late = new ArrayList<>();
        // The order in which they were made is the order of their deadlines.
        for (Request<?> request : waiting.values()) {
            if (request.deadline() - now > 0) {
                break;
            }
            late.add(request);
        }
        late.forEach(request -> remove(request.message().ref()));
        return late;
    }

    /** From now on, new requests are rejected for this reason; the first reason stays. */
    synchronized void refuse(ParleyException why) {
        if (ended == null) {
            ended = why;
        }
    }

    /** Fails all waiting requests. Called after {@link #refuse}; may be called again. */
    void failAll() {
        List<Request<?>> failed;
        ParleyException why;
        synchronized (this) {
            failed = List.copyOf(waiting.values());
            waiting.clear();
            unsent.clear();
            inFlight.clear();
            sentBefore.clear();
            leftAlready.clear();
            lost.clear();
            bytes = 0;
            why = ended;
        }
        failed.forEach(request -> request.fail(why));
    }
}
