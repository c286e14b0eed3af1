package dev.parley.transport;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * The input of an upgraded connection for Tyrus: the frames that have passed the gate. It is the listener of the
 * container's input, and reads it without blocking. It stops reading while the peer receives too little.
 *
 * <p>Used by one thread at a time: either a thread of the container, which calls {@link #onDataAvailable} again only after
 * {@code isReady()} was false; or a thread of the executor, if reading stopped before {@code isReady()} was false.
 *
 * <pre>
 *           onDataAvailable                    nothing more has come
 *   waiting ───────────────▶ reading ───────────────────────────────▶ waiting
 *                            │  ▲  │ too many bytes are unsent: no thread, until the outbox resumes
 *                            │  │  └──▶ paused ──▶ executor ──▶ reading
 *                            │  └── executor
 *                            └ {@value #TURN} bytes: other connections are next
 * </pre>
 */
final class GatedInput extends ServletInputStream implements ReadListener {
    private static final int MOST_AT_ONCE = 16 << 10;
    /** The most bytes that are read at a time. Payara has five HTTP threads, which all connections must share. */
    private static final int TURN = 256 << 10;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ServletInputStream input;
    private final FrameGate gate;
    private final Executor later;
    private ReadListener tyrus;
    /** The bytes that have passed the gate, and that Tyrus has not read yet. */
    private ByteBuffer passed = NOTHING;

    /** @param later continues reading; its threads are never blocked by it */
    GatedInput(ServletInputStream input, FrameGate gate, Executor later) {
        this.input = input;
        this.gate = gate;
        this.later = later;
    }

    // The container's listener.

    @Override
    public void onDataAvailable() throws IOException {
        IncomingFrames endpoint = gate.endpoint();
        for (int left = TURN; !isPaused(endpoint) && input.isReady(); ) {
            if (left <= 0) {
                later.execute(this::readOn);
                return;
            }
            byte[] bytes = new byte[Math.min(MOST_AT_ONCE, Math.max(1, input.available()))];
            int count = input.read(bytes);
            if (count < 0) {
                return;
            }
            left -= count;
            gate.pass(ByteBuffer.wrap(bytes, 0, count), this::give);
        }
    }

    private boolean isPaused(IncomingFrames endpoint) {
        return endpoint.mustWait() && endpoint.resumeReading(() -> later.execute(this::readOn));
    }

    private void readOn() {
        try {
            onDataAvailable();
        } catch (IOException | RuntimeException | Error e) {
            // The container does the same if its listener throws.
            onError(e);
        }
    }

    private void give(ByteBuffer bytes) throws IOException {
        passed = bytes;
        tyrus.onDataAvailable();
        passed = NOTHING;
    }

    @Override
    public void onAllDataRead() throws IOException {
        tyrus.onAllDataRead();
    }

    @Override
    public void onError(Throwable cause) {
        tyrus.onError(cause);
    }

    // The input of Tyrus.

    /** Called once, while Tyrus is initialized. */
    @Override
    public void setReadListener(ReadListener listener) {
        tyrus = listener;
    }

    @Override
    public int read() {
        return passed.hasRemaining() ? passed.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        int count = Math.min(length, passed.remaining());
        passed.get(bytes, from, count);
        return count;
    }

    @Override
    public int available() {
        return passed.remaining();
    }

    @Override
    public boolean isReady() {
        return passed.hasRemaining();
    }

    @Override
    public boolean isFinished() {
        return input.isFinished();
    }
}
