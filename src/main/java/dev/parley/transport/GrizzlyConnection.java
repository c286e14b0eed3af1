package dev.parley.transport;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.channels.Channel;
import java.util.List;

/**
 * The TCP connection below a request in Payara and GlassFish. There WebConnection.close() of the Servlet API does not end
 * it while the peer receives nothing (see {@link LingeringTransports}), but Grizzly's own connection can be ended at once.
 * Applications can't see Grizzly's classes, so its public methods are called by reflection. Thread-safe.
 */
final class GrizzlyConnection implements TcpConnection {
    private static final Logger LOG = System.getLogger(GrizzlyConnection.class.getName());
    /**
     * The getters from the request of the container to the one of Grizzly, and to its connection. The second has one name in Payara
     * and another one in GlassFish 7.
     */
    private static final List<List<String>> WAY = List.of(
            List.of("getUnwrappedCoyoteRequest"),
            List.of("getCoyoteRequest", "getGrizzlyRequest"),
            List.of("getConnection"));

    /** A connection that can neither be ended nor looked at. */
    static final TcpConnection UNKNOWN = new TcpConnection() {
        @Override
        public void cut() {
            // Not possible.
        }

        @Override
        public boolean canCut() {
            return false;
        }

        @Override
        public SocketAddresses addresses() {
            return null;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public long unsent() {
            return 0;
        }
    };

    private final Object connection;
    private final Method terminate;
    private final Channel channel;
    /** The bytes that Grizzly has not given to the kernel yet. */
    private final Object queue;

    private final Method space;

    private GrizzlyConnection(Object connection) throws ReflectiveOperationException {
        this.connection = connection;
        terminate = connection.getClass().getMethod("terminateSilently");
        channel = (Channel) connection.getClass().getMethod("getChannel").invoke(connection);
        queue = connection.getClass().getMethod("getAsyncWriteQueue").invoke(connection);
        space = queue.getClass().getMethod("spaceInBytes");
        // If the method may not be called, it fails here, and not when it is needed.
        space.invoke(queue);
    }

    /**
     * The connection of this request; {@link #UNKNOWN}, and one warning, if the request is not Grizzly's, or one of another
     * version. Called while the request is handled, because the container reuses the request afterwards.
     */
    static TcpConnection of(ServletRequest request) {
        try {
            Object connection = unwrapped(request);
            for (List<String> getters : WAY) {
                connection = get(connection, getters);
            }
            return new GrizzlyConnection(connection);
        } catch (ReflectiveOperationException | RuntimeException e) {
            ContainerConnections.areInaccessible(e);
            return UNKNOWN;
        }
    }

    private static Object get(Object from, List<String> getters) throws ReflectiveOperationException {
        for (Method method : from.getClass().getMethods()) {
            if (method.getParameterCount() == 0 && getters.contains(method.getName())) {
                return method.invoke(from);
            }
        }
        throw new NoSuchMethodException(from.getClass() + " has none of " + getters);
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
    public SocketAddresses addresses() {
        return SocketAddresses.of(channel);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public long unsent() {
        try {
            return (int) space.invoke(queue);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "The unsent bytes of a connection are not known", e);
            return 0;
        }
    }
}
