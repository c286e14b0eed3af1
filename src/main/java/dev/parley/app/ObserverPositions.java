package dev.parley.app;

import dev.parley.log.ObserverLog;
import dev.parley.message.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How far one durable observer has got in each room. It remembers {@value #REMEMBERED} rooms, and stores the positions one
 * second after the first change, or when {@value #MOST_UNSAVED} rooms have changed. For the observer's thread alone; it may
 * wait for the log.
 */
final class ObserverPositions {
    private static final Logger LOG = System.getLogger(ObserverPositions.class.getName());
    private static final int REMEMBERED = 10_000;
    private static final int MOST_UNSAVED = 1_000;
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final ObserverLog log;
    private final String observer;
    private final Map<RoomName, Long> unsaved = new HashMap<>();
    private long due;

    private final Map<RoomName, Long> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomName, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    ObserverPositions(ObserverLog log, String observer) {
        this.log = log;
        this.observer = observer;
    }

    /** The {@code seq} of the last entry that the observer has got; 0 for none. */
    long of(RoomName room) throws InterruptedException, ExecutionException {
        Long known = unsaved.get(room);
        known = known == null ? remembered.get(room) : known;
        if (known == null) {
            known = log.position(observer, room).toCompletableFuture().get();
            remembered.put(room, known);
        }
        return known;
    }

    /** The observer has got the entries of a room up to {@code seq}. */
    void reached(RoomName room, long seq) {
        if (unsaved.isEmpty()) {
            due = System.nanoTime() + PAUSE;
        }
        unsaved.put(room, seq);
        remembered.put(room, seq);
    }

    /** The time until {@link #saveIfDue} does something, in nanoseconds. */
    long untilDue() {
        return unsaved.isEmpty() ? TimeUnit.HOURS.toNanos(1) : Math.max(0, due - System.nanoTime());
    }

    /** If the log can't be written now, it is tried again after a second. */
    void saveIfDue() throws InterruptedException {
        if (unsaved.size() >= MOST_UNSAVED || !unsaved.isEmpty() && due - System.nanoTime() <= 0) {
            due = System.nanoTime() + PAUSE;
            save();
        }
    }

    /** Saves what is left, and waits a second at most. */
    void saveAtEnd() throws InterruptedException {
        if (!unsaved.isEmpty()) {
            save();
        }
    }

    private void save() throws InterruptedException {
        try {
            log.advance(observer, unsaved).toCompletableFuture().get(PAUSE, TimeUnit.NANOSECONDS);
            unsaved.clear();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "The position of the observer " + observer + " can't be stored now", e);
        }
    }
}
