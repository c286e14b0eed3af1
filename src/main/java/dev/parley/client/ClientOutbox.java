package dev.parley.client;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
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
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What waits to be sent on one connection, in order. Thread-safe; nothing is sent under its lock.
 *
 * <p>One send is in flight at a time, as Tomcat and Open Liberty refuse or lose a second one. What gathers meanwhile
 * leaves as one frame. Where a container completes a send before the call returns (Tyrus), a thread that offers sends
 * one frame at most, and the courier goes on: nobody is held up by what others say.
 *
 * <p>At most 10,000 messages or 16 MiB wait; one more is refused with {@code tooFast}.
 */
final class ClientOutbox {
    private static final int MOST_MESSAGES = 10_000;
    private static final int MOST_BYTES = 16 << 20;
    /** Below the 64 KiB that servers take by default. */
    private static final int FRAME_BYTES = 60_000;

    private record Waiting(ClientMessage message, int bytes) {
        boolean isBinary() {
            return message instanceof ClientMessage.Say say && say.body() instanceof Body.Attachment;
        }
    }

    private final FrameSink sink;
    private final Executor courier;
    private final Consumer<Throwable> failed;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean sending;
    private ParleyException ended;
    private int frameBytes = FRAME_BYTES;

    /** @param failed hears once that a send failed: nothing more is sent then */
    ClientOutbox(FrameSink sink, Executor courier, Consumer<Throwable> failed) {
        this.sink = Objects.requireNonNull(sink);
        this.courier = Objects.requireNonNull(courier);
        this.failed = Objects.requireNonNull(failed);
    }

    /** From now on, no batch has more than {@code bytes} bytes; a single message is never split. */
    synchronized void limitText(int bytes) {
        frameBytes = Math.min(FRAME_BYTES, bytes);
    }

    /**
     * Sends a message once those before it are sent.
     *
     * @throws ParleyException with {@code tooFast} at the bound, with {@code unavailable} after the end
     */
    void offer(ClientMessage message) {
        Waiting waiting = new Waiting(message, Weight.atMost(message));
        synchronized (this) {
            if (ended != null) {
                throw ended;
            }
            if (queue.size() >= MOST_MESSAGES || queuedBytes + waiting.bytes > MOST_BYTES) {
                throw new ParleyException(ErrorCode.TOO_FAST, "too much waits to be sent; nothing of this was sent");
            }
            queue.add(waiting);
            queuedBytes += waiting.bytes;
            if (sending) {
                return;
            }
            sending = true;
        }
        sendOne();
    }

    /** Drops what waits, and refuses more for this reason; the first reason holds. */
    synchronized void end(ParleyException why) {
        if (ended == null) {
            ended = why;
        }
        queue.clear();
        queuedBytes = 0;
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

    /** Gives the sending up when nothing waits: whoever offers next takes it. */
    private synchronized boolean isDone() {
        sending = !queue.isEmpty();
        return !sending;
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
        Waiting first = queue.poll();
        if (first == null) {
            return null;
        }
        queuedBytes -= first.bytes;
        if (first.isBinary()) {
            return new ClientBinary(first.message);
        }
        List<ClientMessage> batch = new ArrayList<>();
        batch.add(first.message);
        // Two brackets, and a comma for each message but the first.
        int bytes = 2 + first.bytes;
        for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
            bytes += 1 + next.bytes;
            if (next.isBinary() || bytes > frameBytes || batch.size() == MessageJson.MAX_BATCH) {
                break;
            }
            batch.add(next.message);
            queuedBytes -= next.bytes;
            queue.remove();
        }
        return new ClientText(batch);
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
