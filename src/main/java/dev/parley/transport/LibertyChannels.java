package dev.parley.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The HTTP channels of Open Liberty that have had WebSockets. When Liberty 26 stops, it ends the TCP connections of a channel as soon
 * as the channel counts no requests, and it does not count WebSockets. So each channel gets one request more, until the
 * connections are drained. Thread-safe.
 */
public final class LibertyChannels {
    private static final Logger LOG = System.getLogger(LibertyChannels.class.getName());

    /** Guarded by itself. Liberty has one for each port. */
    private static final Set<Object> HELD = Collections.newSetFromMap(new IdentityHashMap<>());
    /** The applications that release channels when they end. Guarded by {@link #HELD}. */
    private static int users;

    private LibertyChannels() {}

    /** An application has started, which calls {@link #end} later. */
    public static void begin() {
        synchronized (HELD) {
            users++;
        }
    }

    /** The connections of an application are drained. Channels are held for the others, if there are any. */
    public static void end() {
        synchronized (HELD) {
            if (users > 0 && --users == 0) {
                release();
            }
        }
    }

    /** The server stops, and the connections are drained: Liberty may end what is left. No channel is held any more. */
    public static void stop() {
        synchronized (HELD) {
            users = 0;
            release();
        }
    }

    /**
     * Holds the channel of a connection, if an application is there that will release it.
     *
     * @param link the TCP connection in Liberty's channel framework
     */
    static void hold(Object link, ClassLoader liberty) {
        try {
            Method above = Class.forName("com.ibm.wsspi.channelfw.ConnectionLink", false, liberty)
                    .getMethod("getApplicationCallback");
            Object dispatcher = above.invoke(above.invoke(link));
            Field field = dispatcher.getClass().getDeclaredField("myChannel");
            field.setAccessible(true);
            Object channel = field.get(dispatcher);
            synchronized (HELD) {
                if (users > 0 && HELD.add(channel)) {
                    count(channel, "incrementActiveConns");
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Liberty's channel is not accessible: its stop may end connections early", e);
        }
    }

    private static void release() {
        for (Object channel : HELD) {
            try {
                count(channel, "decrementActiveConns");
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.log(Level.DEBUG, "Liberty waits for the end of a request that there is not", e);
            }
        }
        HELD.clear();
    }

    private static void count(Object channel, String how) throws ReflectiveOperationException {
        Method method = channel.getClass().getDeclaredMethod(how);
        method.setAccessible(true);
        method.invoke(channel);
    }
}
