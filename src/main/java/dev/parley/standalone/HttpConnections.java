package dev.parley.standalone;

import dev.parley.admission.ConnectionLimit;
import dev.parley.admission.Proxies;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.asyncqueue.AsyncQueueWriter;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/**
 * The TCP connections that are no WebSocket, or not yet: how many there may be, and for how long. Thread-safe; no method
 * waits, and nothing is closed under the lock.
 *
 * <p>Where one more than the bound comes, the oldest goes, of those from one address where that has more than half of
 * all. Of an IPv6 address the first 64 bits count. A connection from a trusted proxy is its client's from the first
 * request on, and nobody's before. A handshake takes milliseconds, and a browser opens anew what was closed between two requests: so the oldest
 * are those that do nothing, and a newcomer is never kept out by them.
 *
 * <p>A connection must have sent its first request within {@value #FIRST_REQUEST_SECONDS} s, TLS included, and has
 * {@value #REQUEST_SECONDS} s for the answer to each, whatever it sends or leaves unread meanwhile.
 */
final class HttpConnections extends BaseFilter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HttpConnections.class.getName());
    private static final int FIRST_REQUEST_SECONDS = 10;
    private static final int REQUEST_SECONDS = 30;
    private static final long LOOK_MILLIS = 500;
    private static final int LEAST = 1_024;
    /** What one may cost that reads nothing: its requests behind the one that is answered, and the heads of answers. */
    private static final int CONNECTION_BYTES = 128 << 10;
    /** So much of answers may wait for one connection before its next request is looked at. */
    private static final int UNREAD_BYTES = 64 << 10;

    private final int most;
    private final long firstRequest;
    private final long request;
    private final Proxies proxies;
    private final ScheduledExecutorService timer;

    // Guarded by this.
    /** In the order in which they came. */
    private final Map<Connection<?>, Held> all = new LinkedHashMap<>();

    /** In the order in which they came, or in which their clients became known. */
    private final Map<String, Set<Connection<?>>> byNetwork = new HashMap<>();

    /** The last one that had more than half of all; no other has as many while it does. */
    private String crowded = "";

    /**
     * @param network whose connection it is; empty where that isn't known
     * @param end of its time, as {@link System#nanoTime}
     */
    private record Held(String network, long end) {}

    /**
     * @param most how many there may be, 2 or more
     * @param firstRequest how long the first request may take to come
     * @param request how long one may take from its coming to the next one
     * @param proxies whose connections are those of their clients
     */
    HttpConnections(int most, Duration firstRequest, Duration request, Proxies proxies) {
        this.proxies = proxies;
        this.most = most;
        this.firstRequest = firstRequest.toNanos();
        this.request = request.toNanos();
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "parley-http-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::closeOverdue, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** As many as fit into a quarter of the heap, but not few. */
    static HttpConnections ofHeap(Proxies proxies) {
        return new HttpConnections(
                (int) Math.max(LEAST, Runtime.getRuntime().maxMemory() / 4 / CONNECTION_BYTES),
                Duration.ofSeconds(FIRST_REQUEST_SECONDS),
                Duration.ofSeconds(REQUEST_SECONDS),
                proxies);
    }

    @Override
    public NextAction handleAccept(FilterChainContext context) throws IOException {
        Connection<?> connection = context.getConnection();
        connection.setMaxAsyncWriteQueueSize(UNREAD_BYTES);
        Connection<?> oldest = add(connection);
        if (oldest != null) {
            oldest.terminateSilently();
        }
        return context.getInvokeAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        remove(context.getConnection());
        return context.getInvokeAction();
    }

    /**
     * A request came: its time begins.
     *
     * @param client the address that it came from, which is not the peer's behind a proxy
     */
    void requested(Connection<?> connection, String client) {
        String network = ConnectionLimit.network(client);
        long end = System.nanoTime() + request;
        synchronized (this) {
            Held before = all.get(connection);
            if (before == null) {
                return;
            }
            all.replace(connection, new Held(network, end));
            if (!network.equals(before.network)) {
                leave(connection, before.network);
                join(connection, network);
            }
        }
    }

    /** It is a WebSocket from now on, and bounded as such. */
    void upgraded(Connection<?> connection) {
        connection.setMaxAsyncWriteQueueSize(AsyncQueueWriter.AUTO_SIZE);
        remove(connection);
    }

    /** @return what has to go for it, or null */
    private Connection<?> add(Connection<?> connection) {
        String peer = address(connection);
        String network = proxies.trust(peer) ? "" : ConnectionLimit.network(peer);
        synchronized (this) {
            all.put(connection, new Held(network, System.nanoTime() + firstRequest));
            join(connection, network);
            if (all.size() <= most) {
                return null;
            }
            Set<Connection<?>> crowd = of(crowded);
            Connection<?> oldest =
                    (crowd.size() > most / 2 ? crowd : all.keySet()).iterator().next();
            remove(oldest);
            return oldest;
        }
    }

    private synchronized void remove(Connection<?> connection) {
        Held held = all.remove(connection);
        if (held != null) {
            leave(connection, held.network);
        }
    }

    private void join(Connection<?> connection, String network) {
        if (network.isEmpty()) {
            return;
        }
        Set<Connection<?>> same = byNetwork.computeIfAbsent(network, name -> new LinkedHashSet<>());
        same.add(connection);
        if (same.size() > most / 2) {
            crowded = network;
        }
    }

    private void leave(Connection<?> connection, String network) {
        Set<Connection<?>> same = of(network);
        same.remove(connection);
        if (same.isEmpty()) {
            byNetwork.remove(network);
        }
    }

    private Set<Connection<?>> of(String network) {
        return byNetwork.getOrDefault(network, new LinkedHashSet<>());
    }

    private void closeOverdue() {
        try {
            overdue(System.nanoTime()).forEach(Connection::terminateSilently);
        } catch (RuntimeException | Error e) {
            // A timer forgets a task that throws.
            LOG.log(Level.ERROR, "An HTTP connection could not be closed; the next look tries again", e);
        }
    }

    private synchronized List<Connection<?>> overdue(long now) {
        return all.entrySet().stream()
                .filter(each -> each.getValue().end - now < 0)
                .<Connection<?>>map(Map.Entry::getKey)
                .toList();
    }

    /** Known from the accepting on, and kept by the connection after its end. */
    private static String address(Connection<?> connection) {
        return connection.getPeerAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : "";
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
