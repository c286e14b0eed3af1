package dev.parley.endpoint;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;

/**
 * Finds the TCP connection below a request in Payara and GlassFish. WebConnection.close() of the Servlet API does not end
 * it there while the peer takes nothing (see {@link LingeringTransports}), but Grizzly's own connection can be ended at
 * once. Applications cannot see its classes, so its public methods are called by reflection.
 */
final class GrizzlyConnection {
    private static final Logger LOG = System.getLogger(GrizzlyConnection.class.getName());
    private static final Runnable NONE = () -> {};
    /** From the request of the container to that of Grizzly, and to its connection. */
    private static final String[] WAY = {"getUnwrappedCoyoteRequest", "getCoyoteRequest", "getConnection"};

    private GrizzlyConnection() {}

    /**
     * What ends the TCP connection of this request at once, from any thread, again and again; does nothing where the request
     * is not Grizzly's. To be found while the request is handled: the container uses it again afterwards.
     */
    static Runnable termination(ServletRequest request) {
        try {
            Object connection = unwrapped(request);
            for (String getter : WAY) {
                connection = connection.getClass().getMethod(getter).invoke(connection);
            }
            Object found = connection;
            Method terminate = found.getClass().getMethod("terminateSilently");
            return () -> terminate(found, terminate);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "There is no way to Grizzly's connection: a peer that reads nothing may stay", e);
            return NONE;
        }
    }

    private static ServletRequest unwrapped(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    private static void terminate(Object connection, Method terminate) {
        try {
            terminate.invoke(connection);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "A connection could not be ended", e);
        }
    }
}
