package dev.parley.app;

import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.RoomsBehind;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import jakarta.enterprise.context.control.RequestContextController;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Passes the entries of the log to one durable observer, on a thread of the application. Thread-safe.
 *
 * <pre>
 *   accept(entry) ─▶ rooms that wait ─▶ read the log behind the position ─▶ observer ─▶ position
 *   start: search ─┘      ▲                                                    │
 *                         └──────────── 1, 2, 4 … 60 s ◀────────── it throws ──┘
 * </pre>
 *
 * <p>A new entry is only a hint that its room must be read, so nothing is lost if the hint is. Rooms take turns, a page each.
 */
final class DurableObserver {
    private static final Logger LOG = System.getLogger(DurableObserver.class.getName());
    private final String name;
    private final Observer<Entry> observer;
    private final MessageLog log;
    private final RequestContextController request;
    private final WaitingRooms rooms = new WaitingRooms();
    private final ObserverPositions positions;
    private final Thread thread;
    /** Where the search for rooms goes on. */
    private long place = RoomsBehind.END;

    private volatile boolean closed;

    /**
     * Called on a thread of the application while it starts.
     *
     * @param name of the position
     * @param request a controller that no other thread uses
     */
    DurableObserver(String name, Observer<Entry> observer, MessageLog log, RequestContextController request) {
        this.name = name;
        this.observer = observer;
        this.log = log;
        this.request = request;
        this.positions = new ObserverPositions(log, name);
        this.thread = new ApplicationThreads("durable").newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** The room has a new entry. Does not wait. */
    void accept(Entry entry) {
        if (observer.isFor(entry.room())) {
            rooms.add(entry.room());
        }
    }

    private void run() {
        while (!closed) {
            try {
                step();
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "Either the application ends, or an observer left this thread interrupted", e);
            } catch (ExecutionException e) {
                LOG.log(Level.DEBUG, "The log can't be read for the observer " + name + " now", e.getCause());
                pause();
            } catch (Throwable e) {
                // The position stays, so nothing is lost.
                LOG.log(Level.ERROR, "The observer " + name + " can't be called; it is tried again", e);
                pause();
            }
        }
        try {
            // The interrupt was for the last call of the observer.
            Thread.interrupted();
            positions.saveAtEnd();
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The observer " + name + " gets some entries again after the next start", e);
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The application ends", e);
        }
    }

    private void step() throws InterruptedException, ExecutionException {
        if (place == RoomsBehind.END && rooms.beginSearch()) {
            place = RoomsBehind.BEGIN;
        }
        if (place != RoomsBehind.END) {
            RoomsBehind found = log.behind(name, place).toCompletableFuture().get();
            found.rooms().stream().filter(observer::isFor).forEach(rooms::add);
            place = found.place();
        }
        if (!positions.hasSpace()) {
            pause();
            return;
        }
        RoomName room = rooms.take(place == RoomsBehind.END ? positions.untilDue() : 0);
        if (room != null) {
            boolean done = false;
            try {
                give(room);
                done = true;
            } finally {
                if (!done) {
                    rooms.add(room);
                }
            }
        }
        positions.saveIfDue();
    }

    /** Passes a page of the room to the observer. */
    private void give(RoomName room) throws InterruptedException, ExecutionException {
        long position = positions.of(room);
        Page page = log.read(room, new Range.After(position, ClientMessage.MAX_LIMIT))
                .toCompletableFuture()
                .get();
        if (position > 0 && !page.follows(position)) {
            LOG.log(
                    Level.WARNING,
                    "Entries {0} to {1} of room {2} were deleted (parley.keep) before the observer {3} got them",
                    position + 1,
                    page.oldest() - 1,
                    room,
                    name);
        }
        for (Entry entry : page.entries()) {
            if (closed) {
                return;
            }
            if (!isTaken(entry)) {
                rooms.postpone(room);
                return;
            }
            rooms.succeeded(room);
            positions.reached(room, entry.seq());
            positions.saveIfDue();
        }
        if (page.more()) {
            rooms.add(room);
        }
    }

    private boolean isTaken(Entry entry) {
        assert Thread.currentThread() == thread : "observers run on a thread of the application only";
        try {
            RequestThreads.inRequest(request, () -> observer.call(entry));
            return true;
        } catch (Throwable e) {
            // During the end it may have failed because of that. In any case it gets the entry again.
            if (!closed) {
                observer.failed(e);
            }
            return false;
        }
    }

    /** Calls the observer no more. Does not wait. */
    void stop() {
        closed = true;
        rooms.close();
    }

    /** Waits for the end, and for the position to be stored. Called after {@link #stop}, before the log is closed. */
    void awaitEnd(long millis) {
        // An observer that ends the application must not wait for itself.
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }
}
