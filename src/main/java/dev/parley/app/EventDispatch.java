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
 * Notifies an application's CDI observers of the events of one type. Thread-safe; costs nothing where nobody observes.
 *
 * <pre>
 *   accept(event) ─▶ queue ─▶ one application thread ─▶ {@code @Observes}: one observer after the other, by priority
 *        └─ full ─▶ overflow ──┘                     └─▶ {@code @ObservesAsync}: a pool of {@value #ASYNC_THREADS}
 * </pre>
 *
 * <p>Every {@code @Observes} method gets all events in one order, each in a request context of its own. What it throws
 * is logged and reaches no other observer: {@link Event#fire} would end there. A slow one delays the other observers of
 * this type of event, and nothing else; work that takes long belongs in {@code @ObservesAsync}, which has no order. When
 * {@value #ASYNC_MOST} events are in that pool, the application thread waits for it.
 *
 * <p>At most {@value #CAPACITY} events wait; the {@link Overflow} says what becomes of more.
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
    /** Null where nobody observes asynchronously. */
    private final ThreadPoolExecutor pool;
    /** Null where nobody observes. */
    private final Thread thread;

    private volatile boolean closed;

    /** What becomes of events that find the queue full. Thread-safe. */
    interface Overflow<E> {
        /** Takes an event that must not overtake earlier ones that are here. @return false where there are none */
        boolean takesBehind(E event);

        /** Takes an event for which the queue has no place. */
        void take(E event);

        boolean isEmpty();

        /** Gives what was taken to the observers; called on their thread, when the queue is empty. */
        void giveTo(Consumer<E> observers) throws InterruptedException;
    }

    /**
     * Called while the application starts, on a thread of its own.
     *
     * @param any an event of the type: observers are looked for by it, once
     * @param request of which nobody else makes use
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

    /** Never blocks, and calls no observer. */
    @Override
    public void accept(E one) {
        if (thread != null && !overflow.takesBehind(one) && !queue.offer(one)) {
            overflow.take(one);
        }
    }

    /** Ends; waits a second for an observer that runs. */
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
            // An observer that brings the application to its end must not wait for itself.
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
                // The queue is full when the overflow gets its first event, so that this thread does not wait then.
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
            // The event is due all the same, unless the application ends.
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
