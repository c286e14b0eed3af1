package dev.parley.endpoint;

import dev.parley.transport.LibertyChannels;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Dictionary;

/**
 * Hears of the stop of Open Liberty before it ends TCP connections. Liberty 26 ends them before its applications, but first it notifies
 * its ServerQuiesceListeners, which are services of OSGi, and waits for them (30 s by default). Applications can't see these
 * classes, so they are used by reflection. Thread-safe.
 */
final class LibertyStop {
    private static final Logger LOG = System.getLogger(LibertyStop.class.getName());
    private static final String LISTENER = "com.ibm.wsspi.kernel.service.utils.ServerQuiesceListener";

    /** The service of OSGi; null in another server. */
    private final Object registration;

    private LibertyStop(Object registration) {
        this.registration = registration;
    }

    /**
     * Has a task run when the server stops.
     *
     * @param task may block; run on a thread of the server, once at most
     * @return to be closed when the application ends
     */
    static LibertyStop before(ServletContext application, Runnable task) {
        try {
            // The module of Liberty with the class itself can't see the listener.
            for (Class<?> each = application.getClass(); each != null; each = each.getSuperclass()) {
                Class<?> listener = load(LISTENER, each.getClassLoader());
                if (listener != null) {
                    LibertyStop stop = new LibertyStop(register(each.getClassLoader(), listener, task));
                    LibertyChannels.begin();
                    return stop;
                }
            }
            return new LibertyStop(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "Liberty does not say when it stops: then clients lose their connections without a bye",
                    e);
            return new LibertyStop(null);
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return loader == null ? null : Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError anotherServer) {
            return null;
        }
    }

    private static Object register(ClassLoader server, Class<?> listener, Runnable task)
            throws ReflectiveOperationException {
        Object service = Proxy.newProxyInstance(
                listener.getClassLoader(), new Class<?>[] {listener}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return ofObject(self, method, arguments);
                    }
                    try {
                        task.run();
                    } finally {
                        LibertyChannels.stop();
                    }
                    return null;
                });
        ClassLoader osgi = server.getClass().getClassLoader();
        Object bundle = Class.forName("org.osgi.framework.BundleReference", false, osgi)
                .getMethod("getBundle")
                .invoke(server);
        Object context = Class.forName("org.osgi.framework.Bundle", false, osgi)
                .getMethod("getBundleContext")
                .invoke(bundle);
        return Class.forName("org.osgi.framework.BundleContext", false, osgi)
                .getMethod("registerService", String.class, Object.class, Dictionary.class)
                .invoke(context, LISTENER, service, null);
    }

    /** A method of a listener that every object has. */
    static Object ofObject(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "a listener of Parley for the stop of the server";
        };
    }

    /** The task is not run any more. Called once, after the connections of the application are drained. */
    void close() {
        if (registration == null) {
            return;
        }
        LibertyChannels.end();
        try {
            registration
                    .getClass()
                    .getClassLoader()
                    .loadClass("org.osgi.framework.ServiceRegistration")
                    .getMethod("unregister")
                    .invoke(registration);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Liberty has ended the service already", e);
        }
    }
}
