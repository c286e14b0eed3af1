package dev.parley.transport;

import dev.parley.outbox.SocketWriter;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The TCP connection below a WebSocket, and its handshake. Jakarta WebSocket gives neither the address of the peer nor a
 * way to end a connection whose peer doesn't read (Tyrus 2.2.2 keeps that connection, and all its unsent frames).
 * Immutable.
 *
 * <p>A server that knows both sets them while the handshake runs; in containers with Tyrus, {@link GatedUpgrade} does so.
 * In other servlet containers a filter knows the address, but the WebSocket is opened after the thread has left the filter
 * (WildFly 39). There the address, the head, the HTTP session and the roles are passed on in a parameter of the request (see
 * {@link HandshakeRequest}), which every {@link Session} keeps.
 *
 * @param address of the peer; empty if it isn't known
 * @param tcp the connection itself; null if the server gives no access to it
 * @param bytes writes to the connection past the WebSocket container; null if that isn't possible
 * @param gate the gate for incoming frames; null if the WebSocket container reads them itself
 * @param head of the handshake
 * @param httpSession the name of its HTTP session, or {@link #NO_HTTP_SESSION}
 * @param roles the roles of the principal, among those that the container was asked about
 */
public record Transport(
        String address,
        TcpConnection tcp,
        SocketWriter bytes,
        FrameGate gate,
        HandshakeHead head,
        String httpSession,
        Set<String> roles) {
    /** The name for a handshake without an HTTP session. */
    public static final String NO_HTTP_SESSION = "";

    private static final ThreadLocal<Transport> CURRENT = new ThreadLocal<>();
    private static final Logger LOG = System.getLogger(Transport.class.getName());
    private static final AtomicBoolean WITHOUT_FILTER = new AtomicBoolean();
    /** The name of the parameter with the address. It is random, because clients choose parameters too. */
    static final String ADDRESS = "parley.address." + UUID.randomUUID();

    /** What would be passed on in the parameter, while the handshake runs on this thread. */
    static final ThreadLocal<List<String>> HANDSHAKE = new ThreadLocal<>();

    /**
     * Passes on what a container lost. Jetty 12 takes the parameters from the request itself, and not from the one that the filter
     * made of it. It negotiates on the thread of the filter, with a configuration for this handshake alone.
     *
     * @param parameters of the request, as the container passes them on
     * @param properties of the configuration, which become those of the session
     */
    public static void keep(Map<String, List<String>> parameters, Map<String, Object> properties) {
        List<String> passed = HANDSHAKE.get();
        if (passed != null && !parameters.containsKey(ADDRESS)) {
            properties.put(ADDRESS, passed);
        }
    }

    /** Runs the handling of a handshake, which opens the WebSocket on this thread. */
    public static <T, X extends Exception> T during(Transport transport, Handling<T, X> handling) throws X {
        CURRENT.set(transport);
        try {
            return handling.handle();
        } finally {
            CURRENT.remove();
        }
    }

    /** The handling of a handshake. */
    @FunctionalInterface
    public interface Handling<T, X extends Exception> {
        T handle() throws X;
    }

    /** A class loader of the server. Jakarta WebSocket is never among the libraries of an application. */
    public static ClassLoader serverLoader() {
        return Session.class.getClassLoader();
    }

    /** The transport of a WebSocket that is being opened on this thread. */
    public static Transport of(Session session) {
        Transport current = CURRENT.get();
        if (current != null) {
            return current;
        }
        List<String> named = session.getRequestParameterMap().get(ADDRESS);
        if (named == null) {
            named = kept(session);
        }
        if (named.get(0).isEmpty() && WITHOUT_FILTER.compareAndSet(false, true)) {
            LOG.log(
                    Level.ERROR,
                    "The filter {0} is not in front of {1}: there is no limit for each address, and handshakes are not"
                            + " checked. Map the filter in web.xml, or let its library take part in the ordering.",
                    "dev.parley.endpoint.ChatFilter",
                    session.getRequestURI());
        }
        HandshakeHead head = named.size() > 1 ? HandshakeHead.parse(named.get(1)) : HandshakeHead.UNKNOWN;
        String httpSession = named.size() > 2 ? named.get(2) : NO_HTTP_SESSION;
        Set<String> roles = named.size() > 3 ? Set.copyOf(named.subList(3, named.size())) : Set.of();
        TcpConnection tcp = ContainerConnections.of(session);
        FrameGate gate = tcp instanceof LibertyConnection liberty ? liberty.gate() : null;
        return new Transport(named.get(0), tcp, null, gate, head, httpSession, roles);
    }

    private static List<String> kept(Session session) {
        return session.getUserProperties().get(ADDRESS) instanceof List<?> kept
                ? kept.stream().map(String.class::cast).toList()
                : List.of("");
    }

    /** The endpoint is open: it gets the incoming frames from now on. */
    public void opened(IncomingFrames incoming) {
        if (gate != null) {
            gate.opened(incoming);
        }
    }

    /** Whether the server gives access to the TCP connection. */
    public boolean canCut() {
        return tcp != null && tcp.canCut();
    }

    /** Ends the TCP connection: at once, if {@link #canCut}. */
    public void cut() {
        if (tcp != null) {
            tcp.cut();
        }
    }

    /** The number of written bytes that the peer has not received, as far as it is known. */
    public long untaken(SendQueues kernel) {
        return tcp == null ? 0 : tcp.unsent() + kernel.of(tcp);
    }
}
