package dev.parley.standalone;

import dev.parley.admission.Admission;
import dev.parley.admission.Admission.Refusal;
import dev.parley.admission.Headers;
import dev.parley.transport.FrameGate;
import dev.parley.transport.HandshakeHead;
import dev.parley.transport.IncomingFrames;
import dev.parley.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.ByteBufferArray;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerFilter;
import org.glassfish.tyrus.spi.ServerContainer;

/**
 * Stands between HTTP and the WebSocket container. Only admitted requests for the path of the endpoint become a
 * WebSocket, and the endpoint gets the means to cut the TCP connection. Thread-safe.
 *
 * <pre>
 *   frame of a WebSocket ── {@link FrameGate} ──────▶ Tyrus
 *   request for endpoint, admitted ─ handshake ──▶ Tyrus
 *   request for endpoint, refused ───────────────▶ {@link RefusalHandler}
 *   any other request ───────────────────────────▶ {@link PageHandler}
 * </pre>
 */
final class ChatFilter extends GrizzlyServerFilter {
    private static final long FOREVER = -1;

    /** The gate of a connection that is a WebSocket. */
    private static final Attribute<FrameGate> GATE =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ChatFilter.class.getName());

    /**
     * The reason why a request was rejected, for {@link RefusalHandler}. It is kept because a second call of the
     * admission could decide differently.
     */
    static final Attribute<Refusal> REFUSAL =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ChatFilter.class.getName() + ".refusal");

    /** The request that Tyrus reads if bytes come on a connection that it has closed. */
    private static final HttpHeader NO_UPGRADE = HttpRequestPacket.builder()
            .method(Method.GET)
            .uri("/")
            .protocol(Protocol.HTTP_1_1)
            .build();

    private final String path;
    private final Admission admission;
    private final HttpConnections connections;
    private volatile FilterChain webSockets;

    private ChatFilter(ServerContainer container, String path, Admission admission, HttpConnections connections) {
        super(container, "/");
        this.path = path;
        this.admission = admission;
        this.connections = connections;
    }

    /** Adds the filters to the chain of a listener. */
    record AddOn(
            ServerContainer container,
            String path,
            Admission admission,
            HttpConnections connections,
            HttpHeadGuard heads,
            Optional<StrictTransport> strictTransport)
            implements org.glassfish.grizzly.http.server.AddOn {
        @Override
        public void setup(NetworkListener listener, FilterChainBuilder chain) {
            chain.add(chain.indexOfType(TransportFilter.class) + 1, connections);
            chain.add(chain.indexOfType(HttpCodecFilter.class), heads);
            strictTransport.ifPresent(filter -> chain.add(chain.indexOfType(HttpServerFilter.class), filter));
            chain.add(
                    chain.indexOfType(HttpServerFilter.class), new ChatFilter(container, path, admission, connections));
            // Clients can inspect their own handshake, so the names of its headers are kept as they were sent.
            HttpCodecFilter codec = (HttpCodecFilter) chain.get(chain.indexOfType(HttpCodecFilter.class));
            codec.setPreserveHeaderCase(true);
        }
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        FrameGate gate = GATE.get(context.getConnection());
        if (gate != null) {
            read(context, gate);
            return context.getStopAction();
        }
        if (!(context.getMessage() instanceof HttpContent content)) {
            // The rest of a WebSocket that has ended.
            return context.getStopAction();
        }
        // The path is compared as it was sent. Tyrus would accept a slash at its end and escaped paths for this
        // endpoint too,
        // without admission.
        return content.getHttpHeader() instanceof HttpRequestPacket request
                        && request.getRequestURI().equals(path)
                        && isAdmitted(request)
                ? handshake(context, request, content.getContent())
                : context.getInvokeAction();
    }

    private void read(FilterChainContext context, FrameGate gate) throws IOException {
        Buffer came = context.getMessage();
        MemoryManager<?> memory = context.getMemoryManager();
        FrameGate.Sink tyrus = bytes -> passOn(context, Buffers.wrap(memory, bytes));
        if (came.isComposite()) {
            ByteBufferArray parts = came.toByteBufferArray();
            for (int i = 0; i < parts.size(); i++) {
                gate.pass(parts.getArray()[i], tyrus);
            }
            parts.recycle();
        } else {
            gate.pass(came.toByteBuffer(), tyrus);
        }
        if (gate.endpoint().mustWait()) {
            stopReading(context.getConnection(), gate.endpoint());
        }
    }

    /**
     * Stops reading from a connection. When the kernel's buffers are full, the peer must wait; no thread of the server
     * waits.
     */
    private static void stopReading(Connection<?> connection, IncomingFrames endpoint) throws IOException {
        connection.disableIOEvent(IOEvent.READ);
        if (!endpoint.resumeReading(() -> continueReading(connection))) {
            connection.enableIOEvent(IOEvent.READ);
        }
    }

    private static void continueReading(Connection<?> connection) {
        try {
            connection.enableIOEvent(IOEvent.READ);
        } catch (IOException e) {
            connection.terminateSilently();
        }
    }

    /**
     * Passes frames to Tyrus. If another thread closes the connection at the same moment, Tyrus 2.2.2 throws; that is
     * ignored.
     */
    private void passOn(FilterChainContext context, Buffer frames) throws IOException {
        context.setMessage(HttpContent.create(NO_UPGRADE, false, frames));
        try {
            super.handleRead(context);
        } catch (NullPointerException | IllegalStateException e) {
            if (context.getConnection().isOpen()) {
                throw e;
            }
        }
    }

    /** If the endpoint and its peer close a session at the same moment, Tyrus 2.2.2 throws; that is ignored. */
    @Override
    public NextAction handleClose(FilterChainContext context) throws IOException {
        // Grizzly's caches keep some connections that have ended. The gate is removed, because it would keep all
        // objects of the connection in memory.
        GATE.remove(context.getConnection());
        try {
            return super.handleClose(context);
        } catch (IllegalStateException closedAlready) {
            return context.getStopAction();
        }
    }

    private static boolean isUri(String query) {
        try {
            return query == null || URI.create("/?" + query) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isAdmitted(HttpRequestPacket request) {
        Headers headers = name -> request.getHeaders().values(name);
        Optional<Refusal> refusal = admission.refuse(
                request.getMethod().getMethodString(),
                client(request),
                admission.secure(request.getRemoteAddress(), request.isSecure(), headers),
                headers);
        if (refusal.isEmpty() && !isUri(request.getQueryString())) {
            // With a malformed query, Tyrus 2.2.2 throws and logs a stack trace.
            refusal =
                    Optional.of(new Refusal(400, "Bad Request", Map.of(), "The query of the address is malformed.\n"));
        }
        refusal.ifPresent(why -> REFUSAL.set(request, why));
        return refusal.isEmpty();
    }

    private String client(HttpRequestPacket request) {
        return admission.client(
                request.getRemoteAddress(), name -> request.getHeaders().values(name));
    }

    /** @param early the frames that came together with the handshake; Tyrus 2.2.2 would drop them */
    private NextAction handshake(FilterChainContext context, HttpRequestPacket request, Buffer early)
            throws IOException {
        Connection<?> connection = context.getConnection();
        FrameGate gate = new FrameGate(FrameGate.Container.TYRUS);
        Transport transport = new Transport(
                client(request),
                new SocketConnection((NIOConnection) connection),
                new GrizzlyWriter(connection, request.isSecure()),
                gate,
                head(request),
                Transport.NO_HTTP_SESSION,
                Set.of());
        NextAction next = Transport.during(transport, () -> super.handleRead(context));
        if (HttpStatus.SWITCHING_PROTOCOLS_101.statusMatches(
                request.getResponse().getStatus())) {
            if (gate.endpoint() == null) {
                // The endpoint could not be opened; the reason is in the log.
                connection.terminateSilently();
                return next;
            }
            becomeWebSocket(context, gate);
            // The idle timeout of HTTP connections ends here: the endpoint's heartbeat watches this connection.
            IdleTimeoutFilter.setCustomTimeout(connection, FOREVER, TimeUnit.SECONDS);
            if (early.hasRemaining()) {
                context.setMessage(early);
                return handleRead(context);
            }
        }
        return next;
    }

    private static HandshakeHead head(HttpRequestPacket request) {
        return HandshakeHead.of(
                request.getRequestURI(),
                request.getQueryString(),
                request.getHeaders().names(),
                name -> request.getHeaders().values(name));
    }

    /**
     * Switches a connection from HTTP to WebSocket. The HTTP filters are removed from its chain, and their state is
     * released, which is half of the memory of an idle connection.
     */
    private void becomeWebSocket(FilterChainContext context, FrameGate gate) {
        Connection<?> connection = context.getConnection();
        GATE.set(connection, gate);
        connections.upgraded(connection);
        connection.setProcessor(withoutHttp(context.getFilterChain()));
        connection
                .getAttributes()
                .removeAttribute(org.glassfish.grizzly.http.HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);
    }

    /** The chain for the bytes of a WebSocket: the filters that do not depend on HTTP, and this filter. */
    private FilterChain withoutHttp(FilterChain all) {
        FilterChain chain = webSockets;
        if (chain == null) {
            FilterChainBuilder builder = FilterChainBuilder.stateless();
            for (Filter filter : all) {
                if (filter instanceof TransportFilter
                        || filter instanceof SSLBaseFilter
                        || filter instanceof IdleTimeoutFilter) {
                    builder.add(filter);
                }
            }
            chain = builder.add(this).build();
            webSockets = chain;
        }
        return chain;
    }
}
