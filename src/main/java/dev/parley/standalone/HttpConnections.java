package dev.parley.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * <p>Where one more than the bound comes, the oldest goes, of those from the same address where that has more than half
 * of all. A handshake takes milliseconds, and a browser opens anew what was closed between two requests: so the oldest
 * are those that do nothing, and a newcomer is never kept out by them.
 *
 * <p>A connection must have sent its first request within {@value #FIRST_REQUEST_SECONDS} s, TLS included, and has
 * {@value #REQUEST_SECONDS} s for the answer to each, whatever it sends or leaves unread meanwhile.
 */
final class HttpConnections extends BaseFilter implements AutoCloseable {
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
    private final ScheduledExecutorService timer;

    // Guarded by this.
    /** In the order in which they came; the value is when its time ends, as {@link System#nanoTime}. */
    private final Map<Connection<?>, Long> ends = new LinkedHashMap<>();

    private final Map<String, LinkedHashSet<Connection<?>>> byAddress = new HashMap<>();

    /**
     * @param most how many there may be, 2 or more
     * @param firstRequest how long the first request may take to come
     * @param request how long one may take from its coming to the next one
     */
    HttpConnections(int most, Duration firstRequest, Duration request) {
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
    static HttpConnections ofHeap() {
        return new HttpConnections(
                (int) Math.max(LEAST, Runtime.getRuntime().maxMemory() / 4 / CONNECTION_BYTES),
                Duration.ofSeconds(FIRST_REQUEST_SECONDS),
                Duration.ofSeconds(REQUEST_SECONDS));
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

    /** A request came: its time begins. */
    void requested(Connection<?> connection) {
        long end = System.nanoTime() + request;
        synchronized (this) {
            ends.replace(connection, end);
        }
    }

    /** It is a WebSocket from now on, and bounded as such. */
    void upgraded(Connection<?> connection) {
        connection.setMaxAsyncWriteQueueSize(AsyncQueueWriter.AUTO_SIZE);
        remove(connection);
    }

    /** @return what has to go for it, or null */
    private synchronized Connection<?> add(Connection<?> connection) {
        ends.put(connection, System.nanoTime() + firstRequest);
        LinkedHashSet<Connection<?>> same = byAddress.computeIfAbsent(address(connection), a -> new LinkedHashSet<>());
        same.add(connection);
        if (ends.size() <= most) {
            return null;
        }
        Connection<?> oldest =
                (same.size() > most / 2 ? same : ends.keySet()).iterator().next();
        remove(oldest);
        return oldest;
    }

    private synchronized void remove(Connection<?> connection) {
        if (ends.remove(connection) != null) {
            String address = address(connection);
            LinkedHashSet<Connection<?>> same = byAddress.get(address);
            same.remove(connection);
            if (same.isEmpty()) {
                byAddress.remove(address);
            }
        }
    }

    private void closeOverdue() {
        overdue(System.nanoTime()).forEach(Connection::terminateSilently);
    }

    private synchronized List<Connection<?>> overdue(long now) {
        return ends.entrySet().stream()
                .filter(end -> end.getValue() - now < 0)
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
