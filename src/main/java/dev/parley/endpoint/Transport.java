package dev.parley.endpoint;

import dev.parley.admission.Admission;
import dev.parley.outbox.SocketWriter;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is known of the TCP connection below a WebSocket: Jakarta WebSocket neither tells whose it is, nor has a way to
 * end one whose peer doesn't read (Tyrus 2.2.2 keeps it, and all that waits for it). Immutable.
 *
 * <p>A server that can tell both says so while the handshake runs, and so does {@link GatedUpgrade} in containers with
 * Tyrus. Elsewhere a servlet container's filter sees the address, but the WebSocket is opened when its thread has left the
 * filter (WildFly 39), so the address goes along in a parameter of the request (see {@link HandshakeRequest}), which every
 * {@link Session} keeps, with the head and the HTTP session.
 *
 * @param address of the peer; empty where it isn't known
 * @param tcp the connection itself; null where the server has no way to it
 * @param bytes writes to the connection past the WebSocket container; null where that can't be done
 * @param gate what frames pass before the WebSocket container gets them; null where the container reads them itself
 * @param head of the handshake
 * @param httpSession what names its HTTP session, or empty
 */
public record Transport(
        String address, TcpConnection tcp, SocketWriter bytes, FrameGate gate, HandshakeHead head, String httpSession) {
    private static final ThreadLocal<Transport> CURRENT = new ThreadLocal<>();
    private static final Logger LOG = System.getLogger(Transport.class.getName());
    private static final AtomicBoolean WITHOUT_FILTER = new AtomicBoolean();
    /** The parameter that bears the address. Not to be guessed: clients write parameters too. */
    static final String ADDRESS = "parley.address." + UUID.randomUUID();

    /** Runs what handles a handshake and opens the WebSocket, all on this thread. */
    public static <T, X extends Exception> T during(Transport transport, Handling<T, X> handling) throws X {
        CURRENT.set(transport);
        try {
            return handling.handle();
        } finally {
            CURRENT.remove();
        }
    }

    /** The handling of bytes that came in. */
    @FunctionalInterface
    public interface Handling<T, X extends Exception> {
        T handle() throws X;
    }

    /** That of a WebSocket that is being opened on this thread. */
    static Transport of(Session session) {
        Transport current = CURRENT.get();
        if (current != null) {
            return current;
        }
        List<String> named = session.getRequestParameterMap().getOrDefault(ADDRESS, List.of(""));
        if (named.get(0).isEmpty() && WITHOUT_FILTER.compareAndSet(false, true)) {
            LOG.log(
                    Level.ERROR,
                    "The filter {0} is not in front of {1}: there is no limit for each address, and handshakes are not"
                            + " checked. Map the filter in web.xml, or let its library take part in the ordering.",
                    "dev.parley.endpoint.ChatFilter",
                    Admission.PATH);
        }
        HandshakeHead head = named.size() > 1 ? HandshakeHead.parse(named.get(1)) : HandshakeHead.UNKNOWN;
        String httpSession = named.size() > 2 ? named.get(2) : HttpSessions.NONE;
        return new Transport(named.get(0), null, null, null, head, httpSession);
    }

    /** The endpoint takes what comes from now on. */
    void opened(IncomingFrames incoming) {
        if (gate != null) {
            gate.opened(incoming);
        }
    }

    boolean canCut() {
        return tcp != null;
    }

    /** Ends the connection, where that can be done. */
    void cut() {
        if (tcp != null) {
            tcp.cut();
        }
    }

    /** How many bytes it has taken that the peer has not, as far as that is known. */
    long untaken(SendQueues kernel) {
        return tcp == null ? 0 : tcp.unsent() + kernel.of(tcp);
    }
}
