package dev.parley.config;

import dev.parley.endpoint.ConnectionTransition;
import dev.parley.message.ConnectionState;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Tells an application's observers the transitions of all connections, on a thread of its own. Thread-safe; costs
 * nothing where nobody observes them. At most {@value #CAPACITY} wait for slow observers; more are left out, and a
 * warning says so once.
 */
final class Transitions implements Consumer<ConnectionTransition>, AutoCloseable {
    private static final Logger LOG = System.getLogger(Transitions.class.getName());
    private static final int CAPACITY = 10_000;

    private final BlockingQueue<ConnectionTransition> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Event<ConnectionTransition> event;
    private final boolean observed;
    private final Thread thread;
    private volatile boolean warned;
    private volatile boolean closed;

    Transitions(Event<ConnectionTransition> event, BeanManager beans, ThreadFactory threads) {
        this.event = event;
        ConnectionTransition any = new ConnectionTransition(0, null, ConnectionState.CONNECTING, ConnectionState.OPEN);
        observed = !beans.resolveObserverMethods(any).isEmpty();
        thread = threads.newThread(this::run);
        if (observed) {
            thread.start();
        }
    }

    @Override
    public void accept(ConnectionTransition transition) {
        if (observed && !queue.offer(transition) && !warned) {
            warned = true;
            LOG.log(Level.WARNING, "Observers of connections are too slow: some transitions are not told to them");
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try {
                event.fire(queue.take());
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "interrupted");
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "An observer of a connection's transition failed", e);
            }
        }
    }
}
