package dev.parley.endpoint;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.channels.Channel;

/**
 * The TCP connection below a request in Payara and GlassFish. WebConnection.close() of the Servlet API does not end
 * it there while the peer takes nothing (see {@link LingeringTransports}), but Grizzly's own connection can be ended at
 * once. Applications cannot see its classes, so its public methods are called by reflection.
 */
final class GrizzlyConnection implements TcpConnection {
    private static final Logger LOG = System.getLogger(GrizzlyConnection.class.getName());
    /** From the request of the container to that of Grizzly, and to its connection. */
    private static final String[] WAY = {"getUnwrappedCoyoteRequest", "getCoyoteRequest", "getConnection"};

    /** One of which nothing is known. */
    private static final TcpConnection UNKNOWN = new TcpConnection() {
        @Override
        public void cut() {
            // There is no way to do that.
        }

        @Override
        public Channel channel() {
            return null;
        }

        @Override
        public long unsent() {
            return 0;
        }
    };

    private final Object connection;
    private final Method terminate;
    private final Channel channel;
    /** What Grizzly has not given to the kernel yet. */
    private final Object queue;

    private final Method space;

    private GrizzlyConnection(Object connection) throws ReflectiveOperationException {
        this.connection = connection;
        terminate = connection.getClass().getMethod("terminateSilently");
        channel = (Channel) connection.getClass().getMethod("getChannel").invoke(connection);
        queue = connection.getClass().getMethod("getAsyncWriteQueue").invoke(connection);
        space = queue.getClass().getMethod("spaceInBytes");
        // What may not be called shows here, and not when it is needed.
        space.invoke(queue);
    }

    /**
     * That of this request; one that is never ended where the request is not Grizzly's. To be found while the request is
     * handled: the container uses it again afterwards.
     */
    static TcpConnection of(ServletRequest request) {
        try {
            Object connection = unwrapped(request);
            for (String getter : WAY) {
                connection = connection.getClass().getMethod(getter).invoke(connection);
            }
            return new GrizzlyConnection(connection);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "There is no way to Grizzly's connection: a peer that reads nothing may stay", e);
            return UNKNOWN;
        }
    }

    private static ServletRequest unwrapped(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    @Override
    public void cut() {
        try {
            terminate.invoke(connection);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "A connection could not be ended", e);
        }
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public long unsent() {
        try {
            return (int) space.invoke(queue);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "What a connection has not sent is not known", e);
            return 0;
        }
    }
}
