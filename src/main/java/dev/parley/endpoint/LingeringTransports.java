package dev.parley.endpoint;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The TCP connections whose WebSocket has ended. Each is cut {@value #GRACE_SECONDS} s later. Thread-safe.
 *
 * <p>Mostly the container has closed them by then, and the cut does nothing. But Grizzly 4 closes a connection only when the
 * peer has taken all that was written, and reads nothing meanwhile (NIOConnection.closeGracefully0). And Payara 6 forgets
 * to close a WebSocket that ends while its handshake is still being handled on another thread
 * (Request.resumeAfterService). A peer that reads nothing would keep such a connection for ever.
 *
 * <p>There are as many of them as connections may be open, at most: where one more comes, the oldest is cut early.
 */
final class LingeringTransports {
    private static final Logger LOG = System.getLogger(LingeringTransports.class.getName());
    private static final int GRACE_SECONDS = 5;
    private static final long GRACE = Duration.ofSeconds(GRACE_SECONDS).toNanos();

    private final int most;
    private final Executor executor;

    // Guarded by this.
    /** In the order of their ends. */
    private final Deque<Lingering> all = new ArrayDeque<>();

    /** @param since when its WebSocket ended, as {@link System#nanoTime} */
    private record Lingering(Runnable cut, long since) {}

    /**
     * @param most how many there may be, 1 or more
     * @param executor cuts them
     */
    LingeringTransports(int most, Executor executor) {
        this.most = most;
        this.executor = executor;
    }

    /** The WebSocket on this connection has ended. */
    void add(Transport transport) {
        if (!transport.canCut()) {
            return;
        }
        Lingering oldest;
        synchronized (this) {
            all.add(new Lingering(transport.cut(), System.nanoTime()));
            oldest = all.size() > most ? all.remove() : null;
        }
        if (oldest != null) {
            executor.execute(oldest.cut);
        }
    }

    /** Cuts those whose time is over. @param now as {@link System#nanoTime} */
    void cutOverdue(long now) {
        List<Lingering> overdue = new ArrayList<>();
        synchronized (this) {
            while (!all.isEmpty() && now - all.peek().since > GRACE) {
                overdue.add(all.remove());
            }
        }
        overdue.forEach(lingering -> executor.execute(lingering.cut));
    }

    /** Cuts all, on this thread. */
    void cutAll() {
        List<Lingering> left;
        synchronized (this) {
            left = List.copyOf(all);
            all.clear();
        }
        for (Lingering lingering : left) {
            try {
                lingering.cut.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.DEBUG, "A connection could not be cut; the others are", e);
            }
        }
    }
}
