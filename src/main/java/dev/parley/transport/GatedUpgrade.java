package dev.parley.transport;

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
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * An upgrade handler that wraps the one of Tyrus. All bytes between Tyrus and the TCP connection go through it, in both
 * directions. The container calls it for one event at a time.
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
 *   <li>Tyrus answers each ping at once, however much is unsent, and continues to read from a peer that reads nothing.
 *       Three such peers kept all threads of Payara 6 busy.
 *   <li>The handler of Tyrus sets its read listener in {@code init}. If a frame came in the same TCP segment as the
 *       handshake, these containers call the listener at once, on the same thread. There it waits for a latch that
 *       {@code init} opens later, so the thread never returns. Therefore input is read only after {@code init}.
 *   <li>Tyrus accepts frames that it should not accept: see {@link FrameGate}.
 * </ul>
 */
public final class GatedUpgrade implements HttpUpgradeHandler {
    private static final Logger LOG = System.getLogger(GatedUpgrade.class.getName());
    private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";

    private HttpUpgradeHandler handler;
    private Request request;
    private UpgradeOutput output;

    /** Called by the container. {@link #run} follows. */
    public GatedUpgrade() {}

    /**
     * The request that is upgraded.
     *
     * @param address of the client
     * @param head of the handshake
     * @param httpSession the name of its HTTP session, or {@link Transport#NO_HTTP_SESSION}
     * @param roles the roles of its principal
     * @param tcp the connection itself
     * @param later continues reading after a pause, on threads that are not the container's
     */
    record Request(
            String address,
            HandshakeHead head,
            String httpSession,
            Set<String> roles,
            TcpConnection tcp,
            Executor later) {}

    /** Whether handlers of this class must be wrapped. */
    static boolean isFor(Class<?> handler) {
        return handler.getName().equals(TYRUS);
    }

    /**
     * Makes the handler that is wrapped.
     *
     * @throws ServletException if its class has no public constructor without parameters, or the constructor fails
     */
    <T extends HttpUpgradeHandler> T run(Class<T> type, Request from) throws ServletException {
        try {
            T made = type.getConstructor().newInstance();
            handler = made;
            request = from;
            return made;
        } catch (InvocationTargetException e) {
            throw new ServletException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }

    /** Initializes Tyrus, which opens the WebSocket and calls the endpoint meanwhile. */
    @Override
    public void init(WebConnection connection) {
        FrameGate gate = new FrameGate(FrameGate.Container.TYRUS);
        try {
            output = new UpgradeOutput(connection.getOutputStream());
            ServletInputStream came = connection.getInputStream();
            GatedInput input = new GatedInput(came, gate, request.later());
            TcpConnection tcp = new Upgraded(connection, request.tcp(), output);
            Transport transport = new Transport(
                    request.address(), tcp, output, gate, request.head(), request.httpSession(), request.roles());
            Transport.during(transport, () -> {
                handler.init(new Gated(connection, input, output.forTyrus()));
                return null;
            });
            if (gate.endpoint() == null) {
                // The endpoint could not be opened; the reason is in the log.
                tcp.cut();
                return;
            }
            came.setReadListener(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After this the container uses the streams for another connection. */
    @Override
    public void destroy() {
        handler.destroy();
        if (output != null) {
            output.end();
        }
    }

    /** The connection for Parley. */
    private record Upgraded(WebConnection connection, TcpConnection tcp, UpgradeOutput output)
            implements TcpConnection {
        @Override
        public void cut() {
            // Before Tyrus writes a close frame.
            output.end();
            // close() waits until the peer has received the written bytes, and does nothing if Tyrus has called it
            // before.
            tcp.cut();
            try {
                connection.close();
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "the connection was closed already", e);
            }
        }

        @Override
        public boolean canCut() {
            return tcp.canCut();
        }

        @Override
        public SocketAddresses addresses() {
            return tcp.addresses();
        }

        @Override
        public boolean isOpen() {
            return tcp.isOpen();
        }

        @Override
        public long unsent() {
            return output.unsent() + tcp.unsent();
        }
    }

    /** The connection for Tyrus. The servlet API lets close() throw any exception. */
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
