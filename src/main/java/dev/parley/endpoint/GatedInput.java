package dev.parley.endpoint;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * The input of an upgraded connection as Tyrus sees it: what has passed the gate. As the listener of the container's input
 * it reads that without blocking, and not at all while the peer takes too little of what it is sent.
 *
 * <p>For one thread at a time. That is the container's, which calls {@link #onDataAvailable} again only after
 * {@code isReady()} was false, or one of the executor, after this has stopped reading before {@code isReady()} was false.
 *
 * <pre>
 *           onDataAvailable                    nothing more has come
 *   waiting ───────────────▶ reading ───────────────────────────────▶ waiting
 *                            │  ▲  │ more unsent than may be: no thread, until the outbox says so
 *                            │  │  └──▶ paused ──▶ executor ──▶ reading
 *                            │  └── executor
 *                            └ {@value #TURN} bytes: others have their turn
 * </pre>
 */
final class GatedInput extends ServletInputStream implements ReadListener {
    private static final int MOST_AT_ONCE = 16 << 10;
    /** What is read in one go, in bytes: Payara's HTTP threads are five, and must not belong to those who send most. */
    private static final int TURN = 256 << 10;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ServletInputStream input;
    private final FrameGate gate;
    private final Executor later;
    private ReadListener tyrus;
    /** What has passed and Tyrus has not read yet. */
    private ByteBuffer passed = NOTHING;

    /** @param later runs what reads on; its thread never waits */
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
            // As the container does with what its listener throws.
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

    // What Tyrus reads.

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
