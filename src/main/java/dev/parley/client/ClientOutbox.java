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
 * What is sent on one connection, in order: what is the connection's own first, then, once they may flow, the client's
 * requests, and hints while there is no request to send. Thread-safe; nothing is sent under its lock.
 *
 * <p>One send is in flight at a time, as Tomcat and Open Liberty refuse or lose a second one. What gathers meanwhile
 * leaves as one frame. Where a container completes a send before the call returns (Tyrus), a thread that offers sends
 * one frame at most, and the courier goes on: nobody is held up by what others say.
 *
 * <p>Nothing is sent faster than the server takes it. What waits is bounded: the requests by {@link Requests}, the
 * connection's own by the number of rooms, and hints are dropped past {@value #MOST_HINTS}.
 */
final class ClientOutbox {
    private static final int MOST_HINTS = 100;
    /** At high rates, what is due in this time leaves as one frame. */
    private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    /** Below the 64 KiB that servers take by default. */
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

    /** @param failed hears once that a send failed: nothing more is sent then */
    ClientOutbox(FrameSink sink, Executor courier, Consumer<Throwable> failed, Requests requests) {
        this.sink = Objects.requireNonNull(sink);
        this.courier = Objects.requireNonNull(courier);
        this.failed = Objects.requireNonNull(failed);
        this.requests = Objects.requireNonNull(requests);
    }

    /** From now on, no batch is larger, and no message earlier, than the server allows; one message is never split. */
    synchronized void limit(Limits limits) {
        frameBytes = Math.min(FRAME_BYTES, limits.text());
        pace = new Pace(limits.rate(), System.nanoTime());
    }

    /** Sends a message of the connection's own once those before it are sent; not on this thread. */
    void offer(ClientMessage message) {
        synchronized (this) {
            if (ended) {
                return;
            }
            own.add(message);
        }
        pokeLater();
    }

    /**
     * Sends, once requests flow, what may be lost. Behind the requests, as a client that marks as read whatever it hears
     * has always one more; a newer mark takes the place of an older one.
     */
    void hint(ClientMessage message) {
        synchronized (this) {
            hints.removeIf(older -> isReplaced(older, message));
            if (!flowing || hints.size() >= MOST_HINTS) {
                return;
            }
            hints.add(message);
        }
        pokeLater();
    }

    private static boolean isReplaced(ClientMessage older, ClientMessage by) {
        return older.equals(by)
                || older instanceof ClientMessage.Read before
                        && by instanceof ClientMessage.Read now
                        && before.room().equals(now.room())
                        && before.seq() <= now.seq();
    }

    /** From now on, requests are sent, beginning with those that another connection left unanswered. */
    void flow() {
        requests.sendAgain();
        synchronized (this) {
            flowing = true;
        }
        pokeLater();
    }

    synchronized boolean isFlowing() {
        return flowing;
    }

    /** Sends what waits, if nothing is being sent: one frame on this thread, the rest on the courier's. */
    void poke() {
        if (begins()) {
            sendOne();
        }
    }

    /** Like {@link #poke}, but all on the courier's thread, for those who must not wait for a slow line. */
    void pokeLater() {
        if (begins()) {
            courier.execute(this::sendOne);
        }
    }

    private synchronized boolean begins() {
        boolean begins = !sending && hasNext();
        sending |= begins;
        return begins;
    }

    /** Drops what waits, and sends nothing more. */
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
            // Each round is one frame that the container had taken when its call returned.
        }
    }

    /** Gives the sending up when nothing may be sent: whoever pokes next takes it. */
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
                    .execute(this::pokeInTime);
        }
        return pause <= 0;
    }

    private void pokeInTime() {
        synchronized (this) {
            timed = false;
        }
        poke();
    }

    /** @return whether the frame is sent already; if not, the send's handler goes on */
    private boolean sendNext() {
        Object frame = nextFrame();
        if (frame == null) {
            return true;
        }
        Flight flight = new Flight();
        try {
            sink.send(frame, flight);
        } catch (RuntimeException refused) {
            failed.accept(refused);
            return false;
        }
        return flight.landed.getAndSet(true);
    }

    private synchronized Object nextFrame() {
        List<ClientMessage> batch = new ArrayList<>();
        // Two brackets, and a comma for each message.
        int bytes = 2;
        for (ClientMessage next = next(batch, bytes); next != null; next = next(batch, bytes)) {
            if (isBinary(next)) {
                return new ClientBinary(next);
            }
            batch.add(next);
            bytes += 1 + Weight.atMost(next);
        }
        return batch.isEmpty() ? null : new ClientText(batch);
    }

    /** The message that is to follow in the same frame; null where there is none. */
    private ClientMessage next(List<ClientMessage> batch, int bytes) {
        if (batch.size() == MessageJson.MAX_BATCH || !hasNext()) {
            return null;
        }
        Predicate<ClientMessage> fits =
                one -> batch.isEmpty() || !isBinary(one) && bytes + 1 + Weight.atMost(one) <= frameBytes;
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
        return message.body() != null && message.body().kind().isBinary();
    }

    /** One send; of the call that sends and the handler that hears of it, the second one goes on. */
    private final class Flight implements SendHandler {
        private final AtomicBoolean landed = new AtomicBoolean();

        @Override
        public void onResult(SendResult result) {
            if (!result.isOK()) {
                failed.accept(result.getException());
            } else if (landed.getAndSet(true) && !isDone()) {
                sendOne();
            }
        }
    }
}
