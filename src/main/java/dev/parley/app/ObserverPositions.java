package dev.parley.app;

import dev.parley.log.ObserverLog;
import dev.parley.message.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How far one durable observer has got in each room. It remembers {@value #REMEMBERED} rooms, and stores the positions one
 * second after the first change, or when {@value #MOST_UNSAVED} rooms have changed. One request to the log is under way at a
 * time. For the observer's thread alone; it may wait for the log.
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
    /** What is being stored, and its result; null if nothing is. */
    private Map<RoomName, Long> sent = Map.of();

    private CompletableFuture<Void> saving;

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
        assert unsaved.size() < MOST_UNSAVED || unsaved.containsKey(room) : "hasSpace() was not asked";
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

    /** Stores the positions if it is time. If the log can't be written now, it is tried again after a second. */
    void saveIfDue() throws InterruptedException {
        if (!unsaved.isEmpty() && due - System.nanoTime() <= 0) {
            save();
        }
    }

    /**
     * Makes space for the position of one more room, if need be: it tries to store the others, and waits for that a second at most.
     *
     * @return false if there is no space: no room may be {@linkplain #reached reached} then
     */
    boolean hasSpace() throws InterruptedException {
        if (unsaved.size() >= MOST_UNSAVED) {
            save();
        }
        return unsaved.size() < MOST_UNSAVED;
    }

    /** Saves what is left, and waits two seconds at most. */
    void saveAtEnd() throws InterruptedException {
        if (saving != null) {
            save();
        }
        if (!unsaved.isEmpty() && saving == null) {
            save();
        }
    }

    /** Waits for the result a second at most. If it comes later, the next call takes it. */
    private void save() throws InterruptedException {
        due = System.nanoTime() + PAUSE;
        if (saving == null) {
            sent = Map.copyOf(unsaved);
            saving = log.advance(observer, sent).toCompletableFuture();
        }
        try {
            saving.get(PAUSE, TimeUnit.NANOSECONDS);
            unsaved.entrySet().removeAll(sent.entrySet());
            saving = null;
        } catch (ExecutionException e) {
            saving = null;
            failed(e.getCause());
        } catch (TimeoutException e) {
            failed(e);
        }
    }

    private void failed(Throwable why) {
        LOG.log(Level.DEBUG, "The position of the observer " + observer + " can't be stored now", why);
    }
}
