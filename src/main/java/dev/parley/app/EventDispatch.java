package dev.parley.app;

import dev.parley.message.RoomName;
import jakarta.enterprise.context.control.RequestContextController;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Notifies an application's CDI observers of the events of one type. Thread-safe. Without observers it does nothing.
 *
 * <pre>
 *   accept(event) ─▶ queue ─▶ one application thread ─▶ {@code @Observes}: one observer after the other, by priority
 *        └─ full ─▶ overflow ──┘                     └─▶ {@code @ObservesAsync}: a pool of {@value #ASYNC_THREADS}
 * </pre>
 *
 * <p>Every {@code @Observes} method gets all events in the same order, each in its own request context. If an observer throws,
 * this is logged and the other observers are still notified; {@code Event.fire} would skip them. A slow observer delays only
 * the other observers of this type of event. Long work belongs in {@code @ObservesAsync}, which has no order. If
 * {@value #ASYNC_MOST} calls wait for that pool, the application thread waits.
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
    private final Function<? super E, RoomName> room;
    private final Observers<E> observers;
    private final Observers<E> asyncObservers;
    private final RequestContextController request;
    /** Null without asynchronous observers. */
    private final RequestThreads pool;
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
     * @param name describes the work of the threads in a thread dump
     * @param all the observers of the application
     * @param room the room of an event; null if it is of no room
     * @param requests called once for each thread; returns a controller that no other thread uses
     */
    EventDispatch(
            String name,
            Observers<E> all,
            Function<? super E, RoomName> room,
            Supplier<RequestContextController> requests,
            Overflow<E> overflow) {
        this.room = room;
        this.request = requests.get();
        this.overflow = overflow;
        observers = all.only(observer -> !observer.isAsync());
        asyncObservers = all.only(Observer::isAsync);
        pool = asyncObservers.isEmpty()
                ? null
                : new RequestThreads(name + "-async", ASYNC_THREADS, ASYNC_MOST, requests);
        thread = all.isEmpty() ? null : new ApplicationThreads(name).newThread(this::run);
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
            pool.close();
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
        RoomName in = room.apply(one);
        for (Observer<E> observer : observers.in(in)) {
            if (!closed) {
                RequestThreads.inRequest(request, () -> observer.hear(one));
            }
        }
        asyncObservers.in(in).forEach(observer -> dispatchAsync(observer, one));
    }

    private void dispatchAsync(Observer<E> observer, E one) {
        boolean queued = false;
        while (!queued && !closed) {
            try {
                pool.put(() -> observer.hear(one));
                queued = true;
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "Unless the application ends, the observer must still get the event", e);
            }
        }
    }
}
