package dev.parley.endpoint;

import dev.parley.outbox.Outbox;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.Channel;
import java.util.concurrent.Executor;

/**
 * An upgrade handler that runs Tyrus's own one, and stands between it and the TCP connection, in both directions. The
 * container calls it for one event at a time.
 *
 * <pre>
 *   container ── {@link GatedInput} ── {@link FrameGate} ──▶ Tyrus ──▶ endpoint
 *   container ◀─ {@link UpgradeOutput} ◀── close frames ──── Tyrus
 *                            ◀── all other frames ─────────────── {@link Outbox}
 * </pre>
 *
 * <p>Tyrus 2.2 in Payara 6 and 7 and in GlassFish 7 and 8 needs it, for these reasons:
 *
 * <ul>
 *   <li>It answers each ping at once, whatever waits unsent, and reads on from a peer that reads nothing. Three such
 *       peers kept all threads of Payara 6 busy.
 *   <li>Its handler sets its read listener within {@code init}. Where a frame came in the same TCP segment as the
 *       handshake, these containers call the listener at once, on the same thread, and it waits for a latch that
 *       {@code init} opens later. The thread never comes back. So input is read only after {@code init} has returned.
 *   <li>See {@link FrameGate} for the frames that it takes and should not.
 * </ul>
 */
public final class GatedUpgrade implements HttpUpgradeHandler {
    private static final Logger LOG = System.getLogger(GatedUpgrade.class.getName());
    private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";

    private HttpUpgradeHandler handler;
    private Peer peer;
    private UpgradeOutput output;

    /** Made by the container, which then gets the handler by {@link #run}. */
    public GatedUpgrade() {}

    /**
     * What the handshake says.
     *
     * @param address of the client
     * @param head of the handshake
     * @param httpSession what names its HTTP session, or {@link HttpSessions#NONE}
     * @param tcp the connection itself
     * @param later runs the reading of input that was paused, on threads that are not the container's
     */
    record Peer(String address, HandshakeHead head, String httpSession, TcpConnection tcp, Executor later) {}

    /** Whether handlers of this class need it. */
    static boolean isFor(Class<?> handler) {
        return handler.getName().equals(TYRUS);
    }

    /**
     * Makes the handler that this one runs.
     *
     * @throws ServletException when that class has no public constructor without parameters, or it fails
     */
    <T extends HttpUpgradeHandler> T run(Class<T> type, Peer from) throws ServletException {
        try {
            T made = type.getConstructor().newInstance();
            handler = made;
            peer = from;
            return made;
        } catch (InvocationTargetException e) {
            throw new ServletException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }

    /** Tyrus opens the WebSocket, and calls the endpoint, while it is initialized. */
    @Override
    public void init(WebConnection connection) {
        FrameGate gate = new FrameGate();
        try {
            output = new UpgradeOutput(connection.getOutputStream());
            ServletInputStream came = connection.getInputStream();
            GatedInput input = new GatedInput(came, gate, peer.later());
            TcpConnection tcp = new Upgraded(connection, peer.tcp(), output);
            Transport transport = new Transport(peer.address(), tcp, output, gate, peer.head(), peer.httpSession());
            Transport.during(transport, () -> {
                handler.init(new Gated(connection, input, output.forTyrus()));
                return null;
            });
            if (gate.endpoint() == null) {
                // The endpoint could not be opened, and said why in the log.
                tcp.cut();
                return;
            }
            came.setReadListener(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The container uses the streams again for another connection. */
    @Override
    public void destroy() {
        handler.destroy();
        if (output != null) {
            output.end();
        }
    }

    /** The connection as Parley sees it. */
    private record Upgraded(WebConnection connection, TcpConnection tcp, UpgradeOutput output)
            implements TcpConnection {
        @Override
        public void cut() {
            // Before Tyrus writes a close frame.
            output.end();
            // close() waits until the peer has taken what was written, and does nothing where Tyrus has called it
            // already.
            tcp.cut();
            try {
                connection.close();
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "the connection was closed already", e);
            }
        }

        @Override
        public Channel channel() {
            return tcp.channel();
        }

        @Override
        public long unsent() {
            return output.unsent() + tcp.unsent();
        }
    }

    /** The connection as Tyrus sees it. Its close() throws what the servlet API lets it throw. */
    @SuppressWarnings("try")
    private record Gated(WebConnection connection, ServletInputStream input, ServletOutputStream output)
            implements WebConnection {
        @Override
        public ServletInputStream getInputStream() {
            return input;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return output;
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }
}
