package dev.parley.endpoint;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Hears of the stop of GlassFish before it ends TCP connections. GlassFish 7 stops its listeners and its applications at the same run
 * level, in any order, but first it sends the event PREPARE_SHUTDOWN and waits for those who listen; so does Payara, which has the same
 * classes. They are used by reflection, because they are in no library. Thread-safe.
 */
final class GlassFishStop {
    private static final Logger LOG = System.getLogger(GlassFishStop.class.getName());
    private static final String PACKAGE = "org.glassfish.api.event.";

    /** The service of GlassFish; null in another server. */
    private final Object events;

    /** Registered at the service. */
    private final Object listener;

    private GlassFishStop(Object events, Object listener) {
        this.events = events;
        this.listener = listener;
    }

    /**
     * Has a task run when the server stops.
     *
     * @param task may block; run on a thread of the server, once at most
     * @return to be closed when the application ends
     */
    static GlassFishStop before(ServletContext application, Runnable task) {
        ClassLoader loader = application.getClassLoader();
        try {
            Class<?> globals = Class.forName("org.glassfish.internal.api.Globals", true, loader);
            Class<?> service = Class.forName(PACKAGE + "Events", true, loader);
            Object events = globals.getMethod("get", Class.class).invoke(null, service);
            Class<?> type = Class.forName(PACKAGE + "EventListener", true, loader);
            Object listener = listener(type, task);
            service.getMethod("register", type).invoke(events, listener);
            return new GlassFishStop(events, listener);
        } catch (ClassNotFoundException | LinkageError anotherServer) {
            return new GlassFishStop(null, null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "GlassFish does not say when it stops: then some clients lose their connections without a bye",
                    e);
            return new GlassFishStop(null, null);
        }
    }

    private static Object listener(Class<?> type, Runnable task) throws ReflectiveOperationException {
        Class<?> types = Class.forName(PACKAGE + "EventTypes", true, type.getClassLoader());
        Object stop = types.getField("PREPARE_SHUTDOWN").get(null);
        Method is = Class.forName(PACKAGE + "EventListener$Event", true, type.getClassLoader())
                .getMethod("is", types);
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return LibertyStop.ofObject(self, method, arguments);
            }
            if ((boolean) is.invoke(arguments[0], stop)) {
                task.run();
            }
            return null;
        });
    }

    /** The task is not run any more. */
    void close() {
        if (events == null) {
            return;
        }
        try {
            Class<?> service =
                    Class.forName(PACKAGE + "Events", true, listener.getClass().getClassLoader());
            Class<?> type = Class.forName(
                    PACKAGE + "EventListener", true, listener.getClass().getClassLoader());
            service.getMethod("unregister", type).invoke(events, listener);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "GlassFish has ended the service already", e);
        }
    }
}
