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
 * The TCP connections that are not a WebSocket, or not yet. Limits their number and their time. Thread-safe; no method
 * waits, and no connection is closed under the lock.
 *
 * <p>If one connection more than the bound comes, the oldest one is closed. If one address has more than half of the
 * bound, the oldest connection of that address is closed instead. Of an IPv6 address only the first 64 bits count. A
 * connection from a trusted proxy has no address before its first request, and its client's address after that. A
 * handshake takes milliseconds, and a browser reopens a connection that was closed between two requests. So the oldest
 * connections are mostly idle, and they never keep out a new one.
 *
 * <p>A connection must send its first request within {@value #FIRST_REQUEST_SECONDS} s, including the TLS handshake.
 * After each request it is closed {@value #REQUEST_SECONDS} s later, unless another request comes or it becomes a
 * WebSocket. It makes no difference what it sends or leaves unread meanwhile.
 */
final class HttpConnections extends BaseFilter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HttpConnections.class.getName());
    private static final int FIRST_REQUEST_SECONDS = 10;
    private static final int REQUEST_SECONDS = 30;
    private static final long CHECK_MILLIS = 500;
    private static final int LEAST = 1_024;
    /**
     * The most memory of a connection that reads nothing: its requests after the current one, and the heads of answers.
     */
    private static final int CONNECTION_BYTES = 128 << 10;
    /** The most bytes of answers that may wait for one connection before its next request is answered. */
    private static final int UNREAD_BYTES = 64 << 10;

    private final int most;
    private final long firstRequest;
    private final long request;
    private final Proxies proxies;
    private final ScheduledExecutorService timer;

    // Guarded by this.
    /** All connections, in the order in which they were accepted. */
    private final Map<Connection<?>, Held> all = new LinkedHashMap<>();

    /** The connections of each network, in the order in which they were accepted or their client became known. */
    private final Map<String, Set<Connection<?>>> byNetwork = new HashMap<>();

    /** The last network that had more than half of the bound. While it has, no other network can have as many. */
    private String crowded = "";

    /**
     * @param network the network of the client; empty if it is unknown
     * @param end the time at which the connection is closed, as {@link System#nanoTime}
     */
    private record Held(String network, long end) {}

    /**
     * @param most the most connections, 2 or more
     * @param firstRequest the longest time until the first request
     * @param request the longest time from one request to the next
     * @param proxies the proxies whose connections count for their clients
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
        timer.scheduleWithFixedDelay(this::closeOverdue, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** With a bound that fits into a quarter of the heap, but at least {@value #LEAST}. */
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
     * A request came: its time limit begins.
     *
     * @param client the address of the client; behind a proxy it is not the peer's address
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

    /** The connection is a WebSocket from now on, and has other limits. */
    void upgraded(Connection<?> connection) {
        connection.setMaxAsyncWriteQueueSize(AsyncQueueWriter.AUTO_SIZE);
        remove(connection);
    }

    /** @return the connection that must be closed for it, or null */
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
            // A timer never runs a task again that has thrown.
            LOG.log(Level.ERROR, "An HTTP connection could not be closed; the next check tries again", e);
        }
    }

    private synchronized List<Connection<?>> overdue(long now) {
        return all.entrySet().stream()
                .filter(each -> each.getValue().end - now < 0)
                .<Connection<?>>map(Map.Entry::getKey)
                .toList();
    }

    /** The peer's address. It is known as soon as the connection is accepted, and also after its end. */
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
