package dev.parley.transport;

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
 * <p>Most of them are closed by the container before that, and are forgotten. But Grizzly 4 closes a connection only after
 * the peer has received all written bytes, and reads nothing meanwhile (NIOConnection.closeGracefully0). And Payara 6 does
 * not close a WebSocket that ends while its handshake is still handled on another thread (Request.resumeAfterService). A
 * peer that reads nothing would keep such a connection for ever.
 *
 * <p>At most as many connections wait as may be open; if one more comes, the oldest is cut early. At most as many are handed
 * to the executor; if its threads are stuck, further ones are cut on the calling thread, because a cut never blocks.
 *
 * <pre>
 * add ──► waiting ──(grace over, or too many)──► handed over ──(executor)──► cut
 *            │                                        │      (too many of these)──► cut at once
 *            ├──(ended by itself)──► forgotten        │
 *            └──────────────(cutAll)──────────────────┴──────────(cutAll)──► cut
 * </pre>
 */
public final class LingeringTransports {
    private static final Logger LOG = System.getLogger(LingeringTransports.class.getName());

    private final int most;
    private final Executor executor;

    // Guarded by this.
    /** In the order in which their WebSockets ended. */
    private final Set<Lingering> waiting = new LinkedHashSet<>();
    /** The connections that the executor will cut. It drops its tasks when it ends. */
    private final Set<Lingering> handedOver = new LinkedHashSet<>();

    private boolean closed;

    /** Compared by identity. Its grace is used only by the thread that calls {@link #cutOverdue}. */
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
     * @param most the most connections that may wait, and the most that may be handed over, 1 or more
     * @param executor cuts connections
     */
    public LingeringTransports(int most, Executor executor) {
        this.most = most;
        this.executor = executor;
    }

    /** Adds a connection whose WebSocket has ended. After {@link #cutAll} it is cut at once, on this thread. */
    public void add(Transport transport) {
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

    /**
     * Cuts the connections whose time is over, and forgets connections that have ended. For one thread.
     *
     * @param now as {@link System#nanoTime}
     */
    public void cutOverdue(long now, SendQueues kernel) {
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

    /** Whether all connections have ended. */
    public synchronized boolean haveEnded() {
        return areOver(waiting) && areOver(handedOver);
    }

    /** Removes the connections before the first open one, so that repeated calls cost little. */
    private static boolean areOver(Set<Lingering> some) {
        for (Iterator<Lingering> each = some.iterator(); each.hasNext(); each.remove()) {
            if (each.next().tcp.isOpen()) {
                return false;
            }
        }
        return true;
    }

    /** Cuts all connections on this thread, also connections that were handed to the executor. */
    public void cutAll() {
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
