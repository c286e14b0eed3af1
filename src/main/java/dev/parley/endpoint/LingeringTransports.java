package dev.parley.endpoint;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The TCP connections whose WebSocket has ended. Each is cut when its {@link Grace} is over. Thread-safe.
 *
 * <p>Mostly the container has closed them by then, and they are forgotten. But Grizzly 4 closes a connection only when the
 * peer has taken all that was written, and reads nothing meanwhile (NIOConnection.closeGracefully0). And Payara 6 forgets
 * to close a WebSocket that ends while its handshake is still being handled on another thread
 * (Request.resumeAfterService). A peer that reads nothing would keep such a connection for ever.
 *
 * <p>As many as connections may be open wait, at most: where one more comes, the oldest is cut early. As many are handed to
 * the executor, at most: where its threads are stuck, whoever finds one more to cut does it, because no cut waits.
 *
 * <pre>
 * add ──► waiting ──(grace over, or too many)──► handed over ──(executor)──► cut
 *            │                                        │      (too many of these)──► cut at once
 *            ├──(ended by itself)──► forgotten        │
 *            └──────────────(cutAll)──────────────────┴──────────(cutAll)──► cut
 * </pre>
 */
final class LingeringTransports {
    private static final Logger LOG = System.getLogger(LingeringTransports.class.getName());

    private final int most;
    private final Executor executor;

    // Guarded by this.
    /** In the order of their ends. */
    private final Set<Lingering> waiting = new LinkedHashSet<>();
    /** To the executor, which forgets its tasks when it ends. */
    private final Set<Lingering> handedOver = new LinkedHashSet<>();

    private boolean closed;

    /** Equal to itself only. Its grace is looked at by one thread, which is the one that calls {@link #cutOverdue}. */
    private static final class Lingering {
        private final Transport transport;
        private final TcpConnection tcp;
        private final Grace grace;

        Lingering(Transport transport) {
            this.transport = transport;
            this.tcp = transport.tcp();
            this.grace = new Grace(System.nanoTime());
        }

        void cut() {
            try {
                tcp.cut();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.DEBUG, "A connection could not be cut; the others are", e);
            }
        }
    }

    /**
     * @param most how many may wait, and how many may be handed over, 1 or more
     * @param executor cuts them
     */
    LingeringTransports(int most, Executor executor) {
        this.most = most;
        this.executor = executor;
    }

    /** The WebSocket on this connection has ended. After {@link #cutAll} it is cut on this thread. */
    void add(Transport transport) {
        if (!transport.canCut()) {
            return;
        }
        Lingering added = new Lingering(transport);
        Lingering oldest = null;
        boolean isLate;
        synchronized (this) {
            isLate = closed;
            if (!isLate) {
                waiting.add(added);
                oldest = waiting.size() > most ? waiting.iterator().next() : null;
            }
        }
        if (isLate) {
            added.cut();
        } else if (oldest != null) {
            handOver(oldest);
        }
    }

    private void handOver(Lingering lingering) {
        boolean isTooMany;
        synchronized (this) {
            if (!waiting.remove(lingering)) {
                return;
            }
            isTooMany = handedOver.size() >= most;
            if (!isTooMany) {
                handedOver.add(lingering);
            }
        }
        if (isTooMany) {
            lingering.cut();
            return;
        }
        executor.execute(() -> {
            boolean isLeft;
            synchronized (this) {
                isLeft = handedOver.remove(lingering);
            }
            if (isLeft) {
                lingering.cut();
            }
        });
    }

    /** Cuts those whose time is over, and forgets those that have ended. For one thread. @param now as {@link System#nanoTime} */
    void cutOverdue(long now, SendQueues kernel) {
        for (Lingering lingering : snapshot()) {
            if (!lingering.tcp.isOpen()) {
                forget(lingering);
            } else if (lingering.grace.isOver(now, () -> lingering.transport.untaken(kernel))) {
                handOver(lingering);
            }
        }
    }

    private synchronized List<Lingering> snapshot() {
        return List.copyOf(waiting);
    }

    private synchronized void forget(Lingering lingering) {
        waiting.remove(lingering);
    }

    /** Whether none is left that has not ended. */
    synchronized boolean haveEnded() {
        return areOver(waiting) && areOver(handedOver);
    }

    /** Looks at those before the first one that is open, and forgets them: asking again and again costs little. */
    private static boolean areOver(Set<Lingering> some) {
        for (Iterator<Lingering> each = some.iterator(); each.hasNext(); each.remove()) {
            if (each.next().tcp.isOpen()) {
                return false;
            }
        }
        return true;
    }

    /** Cuts all, on this thread, also those that were handed to an executor that has ended. */
    void cutAll() {
        List<Lingering> left = new ArrayList<>();
        synchronized (this) {
            closed = true;
            left.addAll(handedOver);
            left.addAll(waiting);
            handedOver.clear();
            waiting.clear();
        }
        left.forEach(Lingering::cut);
    }
}
