package dev.parley.app;

import dev.parley.message.RoomName;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The rooms with entries that one observer has not got: they take turns, and some wait until the observer is called again.
 * Thread-safe; many threads add, one takes. No method but {@link #take} waits.
 *
 * <p>It holds at most {@value #MOST} rooms. If a room was left out, all rooms must be searched, at most once in a minute.
 */
final class WaitingRooms {
    static final int MOST = 100_000;
    private static final long SEARCH_PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final Set<RoomName> ready = new LinkedHashSet<>();
    /** How many times in a row the observer has failed for the first entry of a room. */
    private final Map<RoomName, Integer> failures = new HashMap<>();

    private final Queue<Retry> later = new PriorityQueue<>();
    private final Set<RoomName> postponed = new LinkedHashSet<>();
    /** At the start nothing is known of any room. */
    private boolean leftOut = true;

    private long searchDue = System.nanoTime();
    private boolean closed;

    /** @param due as {@link System#nanoTime} */
    private record Retry(RoomName room, long due) implements Comparable<Retry> {
        @Override
        public int compareTo(Retry other) {
            return Long.signum(due - other.due);
        }
    }

    /** The room has entries. If it waits for another call of the observer, nothing changes. */
    synchronized void add(RoomName room) {
        if (postponed.contains(room) || ready.contains(room)) {
            return;
        }
        if (isFull()) {
            leftOut = true;
        } else {
            ready.add(room);
            notifyAll();
        }
    }

    private boolean isFull() {
        return ready.size() + postponed.size() >= MOST;
    }

    /** The observer has failed for an entry of the room: it gets its next turn after 1, 2, 4 … seconds, at most a minute. */
    synchronized void postpone(RoomName room) {
        if (isFull()) {
            failures.remove(room);
            leftOut = true;
            return;
        }
        int before = failures.merge(room, 1, Integer::sum) - 1;
        long pause = Math.min(60, 1L << Math.min(before, 10));
        ready.remove(room);
        postponed.add(room);
        later.add(new Retry(room, System.nanoTime() + TimeUnit.SECONDS.toNanos(pause)));
    }

    /** The observer has taken an entry of the room. */
    synchronized void succeeded(RoomName room) {
        failures.remove(room);
    }

    /** Whether all rooms must be searched now. If so, the next search begins in a minute or later. */
    synchronized boolean beginSearch() {
        long now = System.nanoTime();
        if (!leftOut || searchDue - now > 0) {
            return false;
        }
        leftOut = false;
        searchDue = now + SEARCH_PAUSE;
        return true;
    }

    /**
     * Waits for the next room.
     *
     * @param most how long to wait, in nanoseconds
     * @return null after that time, or if this is closed; else the room does not wait any more
     */
    synchronized RoomName take(long most) throws InterruptedException {
        long end = System.nanoTime() + most;
        for (; ; ) {
            long now = System.nanoTime();
            wakeDue(now);
            Iterator<RoomName> rooms = ready.iterator();
            if (rooms.hasNext() && !closed) {
                RoomName next = rooms.next();
                rooms.remove();
                return next;
            }
            long wait = end - now;
            if (!later.isEmpty()) {
                wait = Math.min(wait, later.peek().due - now);
            }
            if (leftOut) {
                wait = Math.min(wait, searchDue - now);
            }
            if (wait <= 0 || closed) {
                return null;
            }
            // Rounded up, so that nobody wakes too early and looks again at once.
            wait(TimeUnit.NANOSECONDS.toMillis(wait) + 1);
        }
    }

    private void wakeDue(long now) {
        while (!later.isEmpty() && later.peek().due - now <= 0) {
            RoomName room = later.remove().room;
            postponed.remove(room);
            ready.add(room);
        }
    }

    /** Ends the wait. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
