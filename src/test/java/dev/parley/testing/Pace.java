package dev.parley.testing;

import static org.awaitility.Awaitility.await;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How fast a peer reads: so many bytes a second, until it is let go. Thread-safe. */
public final class Pace {
    private static final int STEPS = 10;

    private final int step;
    private final AtomicLong taken = new AtomicLong();
    private final CountDownLatch free = new CountDownLatch(1);

    /** @param bytesPerSecond ten at least */
    public Pace(int bytesPerSecond) {
        step = bytesPerSecond / STEPS;
    }

    /** Waits until so many bytes have been read. @param meanwhile run again and again */
    public void awaitTaken(long bytes, Runnable meanwhile) {
        await().atMost(RawClient.PATIENCE).until(() -> {
            meanwhile.run();
            return taken.get() >= bytes;
        });
    }

    /** From now on everything is read as fast as it comes. */
    public void letGo() {
        free.countDown();
    }

    /** The same stream at this pace. */
    InputStream of(InputStream fast) {
        return new FilterInputStream(fast) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                boolean isFree = free.getCount() == 0;
                int count = super.read(bytes, from, isFree ? length : Math.min(step, length));
                taken.addAndGet(Math.max(count, 0));
                if (!isFree && count > 0) {
                    pause(Duration.ofSeconds(count).dividedBy((long) step * STEPS));
                }
                return count;
            }
        };
    }

    private void pause(Duration time) throws InterruptedIOException {
        try {
            // Or until it is let go.
            free.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
