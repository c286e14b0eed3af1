package dev.parley.endpoint;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;

/**
 * An upgrade handler that runs another one, which is notified of input only after its {@code init} has returned. The
 * container calls it for one event at a time.
 *
 * <p>Tyrus 2.2 in Payara 6 and 7 and in GlassFish 7 and 8 needs it. Its handler sets its read listener within
 * {@code init}. Where a frame came in the same TCP segment as the handshake, those containers call the listener at once,
 * on the same thread, and the listener waits for a latch that {@code init} would open later. The thread never comes
 * back; five such clients took all HTTP threads of a server.
 *
 * <pre>
 *   container         this                            Tyrus
 *   init(connection) ─▶ init(held connection) ───────▶ setReadListener(listener): held
 *                      ◀────────────────────────────── init has returned
 *                      setReadListener(listener)
 *   input ────────────────────────────────────────────▶ onDataAvailable()
 * </pre>
 */
public final class ReadsAfterInit implements HttpUpgradeHandler {
    private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";

    private HttpUpgradeHandler handler;

    /** Made by the container, which then gets the handler by {@link #run}. */
    public ReadsAfterInit() {}

    /** Whether handlers of this class need it. */
    static boolean isFor(Class<?> handler) {
        return handler.getName().equals(TYRUS);
    }

    /**
     * Makes the handler that this one runs.
     *
     * @throws ServletException when that class has no public constructor without parameters, or it fails
     */
    <T extends HttpUpgradeHandler> T run(Class<T> type) throws ServletException {
        try {
            T made = type.getConstructor().newInstance();
            handler = made;
            return made;
        } catch (InvocationTargetException e) {
            throw new ServletException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void init(WebConnection connection) {
        try {
            HeldInput input = new HeldInput(connection.getInputStream());
            handler.init(new Held(connection, input));
            input.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    /** The connection with another input. Its close() throws what the servlet API lets it throw. */
    @SuppressWarnings("try")
    private record Held(WebConnection connection, ServletInputStream input) implements WebConnection {
        @Override
        public ServletInputStream getInputStream() {
            return input;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return connection.getOutputStream();
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }

    /** The container's input, whose listener is set by {@link #release}. */
    private static final class HeldInput extends ServletInputStream {
        private final ServletInputStream input;
        private ReadListener listener;
        private boolean released;

        HeldInput(ServletInputStream input) {
            this.input = input;
        }

        void release() {
            released = true;
            if (listener != null) {
                input.setReadListener(listener);
            }
        }

        @Override
        public void setReadListener(ReadListener wanted) {
            if (released) {
                input.setReadListener(wanted);
            } else {
                listener = wanted;
            }
        }

        @Override
        public int read() throws IOException {
            return input.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return input.read(bytes, from, length);
        }

        @Override
        public int available() throws IOException {
            return input.available();
        }

        @Override
        public boolean isReady() {
            return input.isReady();
        }

        @Override
        public boolean isFinished() {
            return input.isFinished();
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
