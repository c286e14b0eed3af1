package dev.parley.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Writes log records on a thread of its own: a write to a pipe without a reader waits for ever, and the logging thread
 * is often a selector or a loop. Thread-safe.
 *
 * <p>At most {@value #CAPACITY} records wait; more are dropped and counted. The number of dropped records is written
 * when the reader continues.
 */
final class QueuedHandler extends Handler {
    static final int CAPACITY = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicInteger dropped = new AtomicInteger();
    /** The number of accepted records that are not written yet. */
    private final AtomicInteger unwritten = new AtomicInteger();

    private final OutputStream out;
    private final Charset charset;

    QueuedHandler(OutputStream out, Charset charset, Formatter formatter) {
        this.out = out;
        this.charset = charset;
        setFormatter(formatter);
        Thread writer = new Thread(this::run, "parley-log-lines");
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        unwritten.incrementAndGet();
        if (!queue.offer(getFormatter().format(record))) {
            dropped.incrementAndGet();
            written();
        }
    }

    private void run() {
        try {
            while (true) {
                String text = queue.take();
                int left = dropped.getAndSet(0);
                try {
                    write(text);
                    if (left > 0) {
                        write(left + " lines of the log were dropped: nobody read them in time\n");
                    }
                } catch (IOException e) {
                    // The reader is gone and does not come back.
                } finally {
                    written();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(charset));
        out.flush();
    }

    private void written() {
        if (unwritten.decrementAndGet() == 0) {
            synchronized (unwritten) {
                unwritten.notifyAll();
            }
        }
    }

    /** Waits until all records are written, at most one second. */
    @Override
    public void flush() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (unwritten) {
            try {
                for (long left; unwritten.get() > 0 && (left = deadline - System.nanoTime()) > 0; ) {
                    unwritten.wait(left / 1_000_000 + 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        flush();
    }
}
