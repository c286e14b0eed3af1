package dev.parley.testing;

import static dev.parley.testing.Frame.BINARY;
import static dev.parley.testing.Frame.CLOSE;
import static dev.parley.testing.Frame.CONTINUATION;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The frames that came on one connection, in their order, and its end. One thread puts them in; another one takes them
 * out, and can be the same.
 */
final class ReceivedFrames {
    private static final Optional<Frame> END = Optional.empty();

    private final BlockingQueue<Optional<Frame>> frames = new LinkedBlockingQueue<>();
    private final Runnable beforeWaiting;
    private int closeCode = RawClient.NO_CLOSE_FRAME;

    /** @param beforeWaiting is run when a frame is asked for and none is there; it may add one */
    ReceivedFrames(Runnable beforeWaiting) {
        this.beforeWaiting = beforeWaiting;
    }

    void add(Frame frame) {
        frames.add(Optional.of(frame));
    }

    /** Nothing more comes. */
    void end() {
        frames.add(END);
    }

    /** Whether {@link #next} would find a frame at once. */
    boolean hasNext() {
        return !frames.isEmpty() && frames.peek() != END;
    }

    /**
     * The next frame, whatever it is.
     *
     * @return empty when TCP ended
     * @throws AssertionError when nothing comes
     */
    Optional<Frame> next() {
        return next(deadline());
    }

    private static long deadline() {
        return System.nanoTime() + RawClient.PATIENCE.toNanos();
    }

    private Optional<Frame> next(long until) {
        if (frames.isEmpty()) {
            beforeWaiting.run();
        }
        try {
            Optional<Frame> next = frames.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("it didn't come in " + RawClient.PATIENCE);
            }
            if (next == END) {
                frames.add(END);
            }
            next.filter(frame -> frame.opcode() == CLOSE).ifPresent(frame -> closeCode = frame.code());
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next text or binary message, its fragments joined; empty when TCP ended or a close frame came. */
    Optional<Frame> nextMessage() {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        int opcode = CONTINUATION;
        for (Optional<Frame> next = next(); next.isPresent(); next = next()) {
            Frame frame = next.get();
            if (frame.opcode() == CLOSE) {
                return Optional.empty();
            }
            if (frame.opcode() > BINARY) {
                continue;
            }
            opcode = frame.opcode() == CONTINUATION ? opcode : frame.opcode();
            joined.writeBytes(frame.payload());
            if (frame.fin()) {
                return Optional.of(new Frame(true, opcode, joined.toByteArray()));
            }
        }
        return Optional.empty();
    }

    /** Skips what comes until a frame of this kind. */
    Frame await(int opcode) {
        long until = deadline();
        for (Optional<Frame> next = next(until); next.isPresent(); next = next(until)) {
            if (next.get().opcode() == opcode) {
                return next.get();
            }
        }
        throw new AssertionError("the connection ended before a frame of kind " + opcode);
    }

    /** Skips what comes until a close frame; its code, or {@link RawClient#NO_CLOSE_FRAME}. */
    int awaitClose() {
        long until = deadline();
        while (closeCode == RawClient.NO_CLOSE_FRAME && next(until).isPresent()) {}
        return closeCode;
    }

    /** The code of the close frame if that has been taken out, or {@link RawClient#NO_CLOSE_FRAME}. */
    int closeCode() {
        return closeCode;
    }

    /** Skips what comes until the TCP connection ends. */
    void awaitEnd() {
        long until = deadline();
        while (next(until).isPresent()) {}
    }
}
