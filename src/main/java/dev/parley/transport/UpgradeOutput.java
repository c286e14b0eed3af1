package dev.parley.transport;

import dev.parley.outbox.SocketWriter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes to an upgraded connection of a servlet container, for the outbox and for Tyrus. It never waits for the peer: a
 * write ends when the container has taken all its bytes. Thread-safe. The container's stream is used under a lock, and only
 * while it is ready.
 *
 * <p>The waiting writes have a bound: the outbox has one write at a time, and Tyrus writes close frames only.
 */
final class UpgradeOutput implements SocketWriter, WriteListener {
    /** The bytes of one write to the container. It takes any number, so it is asked again after each slice. */
    private static final int SLICE = 64 << 10;

    private static final SendResult WRITTEN = new SendResult();

    private final ServletOutputStream output;

    // Guarded by this.
    private final Deque<Write> waiting = new ArrayDeque<>();
    private Throwable ended;
    /** The bytes of the waiting writes. Read without the lock. */
    private volatile long unsent;

    private record Write(ByteBuffer bytes, SendHandler written) {}

    UpgradeOutput(ServletOutputStream output) {
        this.output = output;
        output.setWriteListener(this);
    }

    @Override
    public void write(ByteBuffer bytes, SendHandler written) {
        Throwable failure;
        synchronized (this) {
            failure = ended;
            if (failure == null) {
                waiting.add(new Write(bytes, written));
                unsent += bytes.remaining();
            }
        }
        if (failure != null) {
            written.onResult(new SendResult(failure));
            return;
        }
        writeOn();
    }

    @Override
    public void onWritePossible() {
        writeOn();
    }

    /** Ends the output: the waiting writes fail, and so do later ones. */
    void end() {
        onError(new EOFException("the connection has ended"));
    }

    @Override
    public void onError(Throwable cause) {
        List<Write> failed;
        synchronized (this) {
            if (ended == null) {
                ended = cause;
            }
            failed = List.copyOf(waiting);
            waiting.clear();
            unsent = 0;
        }
        failed.forEach(write -> write.written.onResult(new SendResult(cause)));
    }

    /** The number of bytes that the container has not taken. */
    long unsent() {
        return unsent;
    }

    private void writeOn() {
        List<Write> done = new ArrayList<>(1);
        Throwable failure = null;
        synchronized (this) {
            try {
                while (!waiting.isEmpty() && output.isReady()) {
                    Write next = waiting.peek();
                    writeSlice(next.bytes);
                    if (!next.bytes.hasRemaining()) {
                        done.add(waiting.remove());
                    }
                }
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }
        done.forEach(write -> write.written.onResult(WRITTEN));
        if (failure != null) {
            onError(failure);
        }
    }

    private void writeSlice(ByteBuffer bytes) throws IOException {
        int size = Math.min(SLICE, bytes.remaining());
        if (bytes.hasArray()) {
            output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), size);
            bytes.position(bytes.position() + size);
        } else {
            byte[] copy = new byte[size];
            bytes.get(copy);
            output.write(copy);
        }
        unsent -= size;
        output.flush();
    }

    /** The stream for Tyrus. It is always ready, because the bytes of Tyrus wait here. */
    ServletOutputStream forTyrus() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new IllegalStateException("this stream is always ready");
            }

            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                ByteBuffer copy =
                        ByteBuffer.allocate(length).put(bytes, from, length).flip();
                UpgradeOutput.this.write(copy, failsWithTheConnection -> {});
            }
        };
    }
}
