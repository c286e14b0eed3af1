package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.Limits;
import dev.parley.wire.ClientBinary;
import dev.parley.wire.ClientText;
import dev.parley.wire.MessageJson;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The write queue of one connection. It sends the connection's own messages first, then, once they may flow, the
 * client's requests, and hints while no request waits. Thread-safe; nothing is sent under its lock.
 *
 * <p>One send is in flight at a time, because Tomcat and Open Liberty reject or lose a second one. Messages that are
 * queued meanwhile leave as one frame. Where a container completes a send before the call returns (Tyrus), the calling
 * thread sends one frame at most, and the courier thread sends the rest: so no caller waits for the messages of others.
 *
 * <p>It sends no faster than the server's rate limit allows. All that waits is bounded: requests by {@link Requests},
 * the connection's own messages by the number of rooms, and hints are dropped while {@value #MOST_HINTS} wait.
 */
final class ClientOutbox {
    private static final int MOST_HINTS = 100;
    /** At high rates, all messages that are due within this time leave as one frame. */
    private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    /** Below 64 KiB, the default limit of servers. */
    private static final int FRAME_BYTES = 60_000;

    private final FrameSink sink;
    private final Executor courier;
    private final Consumer<Throwable> failed;
    private final Requests requests;
    private final Deque<ClientMessage> own = new ArrayDeque<>();
    private final Deque<ClientMessage> hints = new ArrayDeque<>();
    private boolean flowing;
    private boolean sending;
    private boolean ended;
    private boolean timed;
    private int frameBytes = FRAME_BYTES;
    private Pace pace;

    /** @param failed notified once when a send failed; nothing is sent after that */
    ClientOutbox(FrameSink sink, Executor courier, Consumer<Throwable> failed, Requests requests) {
        this.sink = Objects.requireNonNull(sink);
        this.courier = Objects.requireNonNull(courier);
        this.failed = Objects.requireNonNull(failed);
        this.requests = Objects.requireNonNull(requests);
    }

    /**
     * From now on, no batch is larger than the server's limit, and no message is sent faster than its rate. One message
     * is never split.
     */
    synchronized void limit(Limits limits) {
        frameBytes = Math.min(FRAME_BYTES, limits.text());
        pace = new Pace(limits.rate(), System.nanoTime());
    }

    /** Queues one of the connection's own messages behind the earlier ones. It is not sent on this thread. */
    void offer(ClientMessage message) {
        synchronized (this) {
            if (ended) {
                return;
            }
            own.add(message);
        }
        flushLater();
    }

    /**
     * Queues a message that may be lost. It is dropped while requests do not flow. Hints are sent after the requests,
     * because a client that marks each entry as read always has one more. A newer read mark replaces an older one.
     */
    void hint(ClientMessage message) {
        synchronized (this) {
            hints.removeIf(older -> isReplaced(older, message));
            if (!flowing || hints.size() >= MOST_HINTS || requests.isHeld(message.room())) {
                return;
            }
            hints.add(message);
        }
        flushLater();
    }

    private static boolean isReplaced(ClientMessage older, ClientMessage by) {
        return older.equals(by)
                || older instanceof ClientMessage.Read before
                        && by instanceof ClientMessage.Read now
                        && before.room().equals(now.room())
                        && before.seq() <= now.seq();
    }

    /** From now on, requests are sent, first those that another connection left unanswered. */
    void flow() {
        requests.sendAgain();
        synchronized (this) {
            flowing = true;
        }
        flushLater();
    }

    synchronized boolean isFlowing() {
        return flowing;
    }

    /** Sends the queued messages, if no send is running: one frame on this thread, the rest on the courier's. */
    void flush() {
        if (begins()) {
            sendOne();
        }
    }

    /** Like {@link #flush}, but all on the courier's thread, for threads that must not wait for a slow connection. */
    void flushLater() {
        if (begins()) {
            courier.execute(this::sendOne);
        }
    }

    private synchronized boolean begins() {
        boolean begins = !sending && hasNext();
        sending |= begins;
        return begins;
    }

    /** Drops all queued messages, and sends nothing more. */
    synchronized void end() {
        ended = true;
        flowing = false;
        own.clear();
        hints.clear();
    }

    private void sendOne() {
        if (sendNext() && !isDone()) {
            courier.execute(this::sendAll);
        }
    }

    private void sendAll() {
        while (!isDone() && sendNext()) {
            // Each round sends one frame, and the container completed the send before its call returned.
        }
    }

    /** Whether nothing may be sent now. Then no send is running any more, and the next {@link #flush} starts one. */
    private synchronized boolean isDone() {
        sending = hasNext();
        return !sending;
    }

    private synchronized boolean hasNext() {
        if (ended || own.isEmpty() && hints.isEmpty() && !(flowing && requests.hasNext())) {
            return false;
        }
        long pause = pace == null ? 0 : pace.pause(System.nanoTime());
        if (pause > 0 && !timed) {
            timed = true;
            CompletableFuture.delayedExecutor(Math.max(pause, LEAST_PAUSE), TimeUnit.NANOSECONDS, courier)
                    .execute(this::flushInTime);
        }
        return pause <= 0;
    }

    private void flushInTime() {
        synchronized (this) {
            timed = false;
        }
        flush();
    }

    /** @return whether the send is complete already; if not, its handler continues */
    private boolean sendNext() {
        Object frame = nextFrame();
        if (frame == null) {
            return true;
        }
        Send send = new Send();
        try {
            sink.send(frame, send);
        } catch (RuntimeException refused) {
            failed.accept(refused);
            return false;
        }
        return send.reported.getAndSet(true);
    }

    private synchronized Object nextFrame() {
        List<ClientMessage> batch = new ArrayList<>();
        // The two brackets of the array; each message adds a comma.
        int bytes = 2;
        for (ClientMessage next = next(batch, bytes); next != null; next = next(batch, bytes)) {
            if (isBinary(next)) {
                return new ClientBinary(next);
            }
            batch.add(next);
            bytes += 1 + MessageSize.atMost(next);
        }
        return batch.isEmpty() ? null : new ClientText(batch);
    }

    /** The next message for the same frame; null where there is none. */
    private ClientMessage next(List<ClientMessage> batch, int bytes) {
        if (batch.size() == MessageJson.MAX_BATCH || !hasNext()) {
            return null;
        }
        Predicate<ClientMessage> fits =
                one -> batch.isEmpty() || !isBinary(one) && bytes + 1 + MessageSize.atMost(one) <= frameBytes;
        ClientMessage next;
        if (own.isEmpty() && requests.hasNext()) {
            next = requests.next(fits);
        } else {
            Deque<ClientMessage> first = own.isEmpty() ? hints : own;
            next = !first.isEmpty() && fits.test(first.peek()) ? first.remove() : null;
        }
        if (next != null && pace != null) {
            pace.sent(System.nanoTime());
        }
        return next;
    }

    private static boolean isBinary(ClientMessage message) {
        return message.body() != null && message.body().form().isBinary();
    }

    /**
     * One send. Two calls report it: the sending call returns, and the handler is called. The second of them continues.
     */
    private final class Send implements SendHandler {
        private final AtomicBoolean reported = new AtomicBoolean();

        @Override
        public void onResult(SendResult result) {
            if (!result.isOK()) {
                failed.accept(result.getException());
            } else if (reported.getAndSet(true) && !isDone()) {
                sendOne();
            }
        }
    }
}
