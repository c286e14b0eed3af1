package dev.parley.access;

import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The standings of the rooms that were used last, and those of the whole server. Thread-safe; no method waits.
 *
 * <p>It holds at most {@value #MOST_ROOMS} rooms with {@value #MOST_STANDINGS} standings, beside the room that was used last.
 * Rooms that were not used for the longest time are dropped, and are read again when they are needed. It knows which rooms have
 * any standings or settings, so that others are never read; if there are {@value #MOST_KNOWN} of them or more, each room is read.
 *
 * <p>Order: a change is applied when it is durable, in the order of the changes. A room that is being read at that moment may
 * lack the change, so it is dropped, and the next question reads it again. In the same case the standings of the whole server
 * are read once more; so they are if they can't be read, after a second, with the next question.
 */
public final class StandingCache {
    static final int MOST_ROOMS = 10_000;
    static final int MOST_STANDINGS = 100_000;
    /** The most rooms of which it is known that they have standings or settings. */
    public static final int MOST_KNOWN = 100_000;

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final CompletableFuture<RoomStandings> NOTHING =
            CompletableFuture.completedFuture(new RoomStandings(Standings.NONE));

    private final Function<RoomName, CompletionStage<Standings>> source;
    private final Map<RoomName, Reading> byRoom = new LinkedHashMap<>(16, 0.75f, true);
    /** The standings of the rooms in {@link #byRoom} that are read. */
    private int held;
    /** The rooms that may have standings or settings; null if all rooms may. */
    private Set<RoomName> rooms;

    private volatile RoomStandings everywhere = new RoomStandings(Standings.NONE);
    private volatile boolean isUsed;
    /** Whether the standings of the whole server must be read again. */
    private volatile boolean isStale;
    /** Counts what happens to the standings of the whole server. A read that began before the last of it is too old. */
    private long version;

    private boolean readsServer;
    /** When the next read of the whole server may begin, as {@link System#nanoTime}. */
    private long due;

    private Runnable whenRead = () -> {};

    /** A room, of which the standings are known as soon as they are read. */
    private static final class Reading {
        private final CompletableFuture<RoomStandings> answer = new CompletableFuture<>();
        private RoomStandings known;

        private int size() {
            return known == null ? 0 : known.size();
        }
    }

    /** @param source reads the standings of a room, or of the whole server if the room is null */
    public StandingCache(Function<RoomName, CompletionStage<Standings>> source) {
        this.source = source;
    }

    /**
     * Called once, before the first question. If nothing has standings or settings, no room is ever read.
     *
     * @param used the rooms with standings or settings: all, or at least {@value #MOST_KNOWN} of them
     * @param ofServer the standings of the whole server
     */
    public synchronized void start(Set<RoomName> used, Standings ofServer) {
        rooms = used.size() < MOST_KNOWN ? new HashSet<>(used) : null;
        everywhere = new RoomStandings(ofServer);
        isUsed = !used.isEmpty() || everywhere.size() > 0;
    }

    /** Whether there is, or was, any standing or setting of a room. */
    boolean isUsed() {
        return isUsed;
    }

    /** The standings of the whole server. */
    RoomStandings everywhere() {
        if (isStale) {
            readServer();
        }
        return everywhere;
    }

    /** The standings in a room. They are complete at once if the room is in memory. Fails if they can't be read now. */
    CompletableFuture<RoomStandings> in(RoomName room) {
        Reading reading;
        synchronized (this) {
            if (rooms != null && !rooms.contains(room)) {
                return NOTHING;
            }
            Reading known = byRoom.get(room);
            if (known != null) {
                return known.answer;
            }
            reading = new Reading();
            byRoom.put(room, reading);
            makePlace();
        }
        // Not under the lock: the source may complete at once.
        source.apply(room).whenComplete((found, failure) -> {
            if (failure == null) {
                loaded(room, reading, new RoomStandings(found));
            } else {
                remove(room, reading);
                reading.answer.completeExceptionally(failure);
            }
        });
        return reading.answer;
    }

    private void loaded(RoomName room, Reading reading, RoomStandings found) {
        synchronized (this) {
            if (byRoom.get(room) == reading) {
                reading.known = found;
                held += found.size();
                makePlace();
            }
        }
        // Not under the lock: it continues what waits for the answer.
        reading.answer.complete(found);
    }

    private void makePlace() {
        Iterator<Reading> eldest = byRoom.values().iterator();
        while (byRoom.size() > 1 && (byRoom.size() > MOST_ROOMS || held > MOST_STANDINGS)) {
            held -= eldest.next().size();
            eldest.remove();
        }
    }

    private synchronized void remove(RoomName room, Reading which) {
        if (which != null && byRoom.remove(room, which)) {
            held -= which.size();
        }
    }

    /**
     * These standings are durable now.
     *
     * @param room null for the whole server
     * @param standings by their keys; {@link Standing#NONE} for one that is gone
     */
    public void changed(RoomName room, Map<String, Standing> standings, int slow, boolean closed) {
        if (room == null) {
            changeServer(standings, slow, closed);
        } else {
            change(room, standings, slow, closed);
        }
        isUsed = true;
    }

    private void changeServer(Map<String, Standing> standings, int slow, boolean closed) {
        synchronized (this) {
            version++;
            everywhere.change(standings, slow, closed);
            // More than are stored: some have ended.
            isStale |= everywhere.size() > Standings.MOST;
        }
        everywhere();
    }

    private synchronized void change(RoomName room, Map<String, Standing> standings, int slow, boolean closed) {
        add(room);
        Reading known = byRoom.get(room);
        RoomStandings in = known == null ? null : known.known;
        if (in == null || in.size() > Standings.MOST) {
            remove(room, known);
            return;
        }
        held -= in.size();
        in.change(standings, slow, closed);
        held += in.size();
    }

    private void add(RoomName room) {
        if (rooms != null) {
            rooms.add(room);
            rooms = rooms.size() < MOST_KNOWN ? rooms : null;
        }
    }

    /**
     * The standings in a room may have changed: they are read again.
     *
     * @param room null for the whole server
     * @param then run when no question gets the old standings any more; must not wait
     */
    public void forget(RoomName room, Runnable then) {
        isUsed = true;
        synchronized (this) {
            if (room == null) {
                version++;
                isStale = true;
                due = System.nanoTime();
                whenRead = then;
            } else {
                add(room);
                remove(room, byRoom.get(room));
            }
        }
        if (room == null) {
            readServer();
        } else {
            then.run();
        }
    }

    private void readServer() {
        long asked;
        synchronized (this) {
            if (readsServer || !isStale || due - System.nanoTime() > 0) {
                return;
            }
            readsServer = true;
            asked = version;
        }
        source.apply(null).whenComplete((found, failure) -> serverRead(asked, found, failure));
    }

    private void serverRead(long asked, Standings found, Throwable failure) {
        Runnable next;
        synchronized (this) {
            readsServer = false;
            if (failure != null) {
                due = System.nanoTime() + PAUSE;
                return;
            }
            if (asked != version) {
                next = this::readServer;
            } else {
                everywhere = new RoomStandings(found);
                isStale = false;
                next = whenRead;
                whenRead = () -> {};
            }
        }
        next.run();
    }
}
