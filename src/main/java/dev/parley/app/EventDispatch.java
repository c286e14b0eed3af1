package dev.parley.app;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Notifies an application's CDI observers of the events of one type. Thread-safe. Without observers it does nothing.
 *
 * <pre>
 *   accept(event) ─▶ queue ─▶ one application thread ─▶ {@code @Observes}: one observer after the other, by priority
 *        └─ full ─▶ overflow ──┘                     └─▶ {@code @ObservesAsync}: a pool of {@value #ASYNC_THREADS}
 * </pre>
 *
 * <p>Every {@code @Observes} method gets all events in the same order, each in its own request context. If an observer throws,
 * this is logged and the other observers are still notified; {@link Event#fire} would skip them. A slow observer delays only
 * the other observers of this type of event. Long work belongs in {@code @ObservesAsync}, which has no order. If
 * {@value #ASYNC_MOST} events are in that pool, the application thread waits.
 *
 * <p>At most {@value #CAPACITY} events wait. The {@link Overflow} handles further events.
 */
final class EventDispatch<E> implements Consumer<E>, AutoCloseable {
    private static final Logger LOG = System.getLogger(EventDispatch.class.getName());
    private static final int CAPACITY = 10_000;
    private static final int ASYNC_THREADS = 4;
    private static final int ASYNC_MOST = 1_000;
    private static final int CLOSE_MILLIS = 1_000;

    private final BlockingQueue<E> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Overflow<E> overflow;
    private final List<Observer<E>> observers;
    private final RequestContextController request;
    private final Event<E> event;
    private final FailureLog asyncFailures = new FailureLog("The observer @ObservesAsync");
    private final Semaphore async = new Semaphore(ASYNC_MOST);
    /** Null without asynchronous observers. */
    private final ThreadPoolExecutor pool;
    /** Null without observers. */
    private final Thread thread;

    private volatile boolean closed;

    /** Handles events while the queue is full. Thread-safe. */
    interface Overflow<E> {
        /** Takes an event if it must not overtake earlier events that are here. @return whether it was taken */
        boolean takesBehind(E event);

        /** Takes an event that the full queue rejected. */
        void take(E event);

        boolean isEmpty();

        /** Passes the taken events to the observers. Called on their thread, when the queue is empty. */
        void giveTo(Consumer<E> observers) throws InterruptedException;
    }

    /**
     * Called on a thread of the application while it starts.
     *
     * @param any any event of the type; the observers are resolved once, for this event
     * @param request a controller that no other thread uses
     */
    EventDispatch(
            String name,
            E any,
            Event<E> event,
            BeanManager beans,
            RequestContextController request,
            Overflow<E> overflow) {
        this.event = event;
        this.request = request;
        this.overflow = overflow;
        List<ObserverMethod<? super E>> methods = beans.resolveObserverMethods(any).stream()
                .sorted(Comparator.comparingInt(ObserverMethod::getPriority))
                .toList();
        observers = methods.stream()
                .filter(method -> !method.isAsync())
                .map(method -> new Observer<E>(method))
                .toList();
        pool = methods.size() == observers.size() ? null : ApplicationThreads.pool(name + "-async", ASYNC_THREADS);
        thread = methods.isEmpty() ? null : new ApplicationThreads(name).newThread(this::run);
        if (thread != null) {
            thread.start();
        }
    }

    /** Queues an event. Does not block, and does not call observers on this thread. */
    @Override
    public void accept(E one) {
        if (thread != null && !overflow.takesBehind(one) && !queue.offer(one)) {
            overflow.take(one);
        }
    }

    /** Ends the thread. Waits at most one second for a running observer. */
    @Override
    public void close() {
        closed = true;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        if (pool != null) {
            pool.shutdownNow();
        }
        try {
            // An observer that ends the application must not wait for itself.
            if (thread != Thread.currentThread()) {
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                // When the overflow gets its first event, the queue is full, so this thread is not waiting in take().
                E next = overflow.isEmpty() ? queue.take() : queue.poll();
                if (next != null) {
                    dispatch(next);
                } else {
                    overflow.giveTo(this::dispatch);
                }
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "Either the application ends, or an observer left this thread interrupted", e);
            }
        }
    }

    private void dispatch(E one) {
        assert Thread.currentThread() == thread : "observers run on a thread of the application only";
        for (Observer<E> observer : observers) {
            if (!closed) {
                inRequest(() -> observer.hear(one));
            }
        }
        if (pool != null && !closed) {
            dispatchAsync(one);
        }
    }

    private void inRequest(Runnable call) {
        boolean activated = request.activate();
        try {
            call.run();
        } finally {
            if (activated) {
                request.deactivate();
            }
        }
    }

    private void dispatchAsync(E one) {
        try {
            while (!async.tryAcquire(1, TimeUnit.SECONDS)) {
                if (closed) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Unless the application ends, the event must still be fired.
            if (closed) {
                return;
            }
            async.acquireUninterruptibly();
        }
        event.fireAsync(one, NotificationOptions.ofExecutor(pool)).whenComplete((heard, failure) -> {
            async.release();
            if (failure != null) {
                asyncFailures.log(failure);
            }
        });
    }
}
