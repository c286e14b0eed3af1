package dev.parley.access;

import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The standings of the rooms that were used last, and those of the whole server. Thread-safe; no method waits.
 *
 * <p>It holds at most {@value #MOST_ROOMS} rooms with {@value #MOST_STANDINGS} standings, beside the room that was used last.
 * Rooms that were not used for the longest time are dropped, and are read again when they are needed.
 *
 * <p>Order: a change is applied when it is durable, in the order of the changes. A room that is being read at that moment may
 * lack the change, so it is dropped, and the next question reads it again.
 */
public final class StandingCache {
    static final int MOST_ROOMS = 10_000;
    static final int MOST_STANDINGS = 100_000;

    private final Function<RoomName, CompletionStage<Standings>> source;
    private final Map<RoomName, CompletableFuture<RoomStandings>> byRoom = new LinkedHashMap<>(16, 0.75f, true);
    /** The standings of the rooms in {@link #byRoom} that are read. */
    private int held;

    private volatile RoomStandings everywhere = new RoomStandings(Standings.NONE);
    private volatile boolean isUsed;

    /** @param source reads the standings of a room, or of the whole server if the room is null */
    public StandingCache(Function<RoomName, CompletionStage<Standings>> source) {
        this.source = source;
    }

    /**
     * Called once, before the first question.
     *
     * @param used whether there are any standings or settings of rooms. If not, no room is ever read
     * @param ofServer the standings of the whole server
     */
    public void start(boolean used, Standings ofServer) {
        everywhere = new RoomStandings(ofServer);
        isUsed = used;
    }

    /** Whether there is, or was, any standing or setting of a room. */
    boolean isUsed() {
        return isUsed;
    }

    /** The standings of the whole server. */
    RoomStandings everywhere() {
        return everywhere;
    }

    /** The standings in a room. They are complete at once if the room is in memory. Fails if they can't be read now. */
    CompletableFuture<RoomStandings> in(RoomName room) {
        CompletableFuture<RoomStandings> reading;
        synchronized (this) {
            CompletableFuture<RoomStandings> known = byRoom.get(room);
            if (known != null) {
                return known;
            }
            reading = new CompletableFuture<>();
            byRoom.put(room, reading);
            makePlace();
        }
        // Not under the lock: the source may complete at once.
        source.apply(room).whenComplete((found, failure) -> {
            if (failure == null) {
                loaded(room, reading, new RoomStandings(found));
            } else {
                remove(room, reading);
                reading.completeExceptionally(failure);
            }
        });
        return reading;
    }

    private void loaded(RoomName room, CompletableFuture<RoomStandings> reading, RoomStandings found) {
        synchronized (this) {
            reading.complete(found);
            if (byRoom.get(room) == reading) {
                held += found.size();
                makePlace();
            }
        }
    }

    private void makePlace() {
        Iterator<CompletableFuture<RoomStandings>> eldest = byRoom.values().iterator();
        while (byRoom.size() > 1 && (byRoom.size() > MOST_ROOMS || held > MOST_STANDINGS)) {
            held -= size(eldest.next());
            eldest.remove();
        }
    }

    private static int size(CompletableFuture<RoomStandings> room) {
        RoomStandings known = room.isCompletedExceptionally() ? null : room.getNow(null);
        return known == null ? 0 : known.size();
    }

    private synchronized void remove(RoomName room, CompletableFuture<RoomStandings> which) {
        if (which != null && byRoom.remove(room, which)) {
            held -= size(which);
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
            everywhere.change(standings, slow, closed);
        } else {
            change(room, standings, slow, closed);
        }
        isUsed = true;
    }

    private synchronized void change(RoomName room, Map<String, Standing> standings, int slow, boolean closed) {
        CompletableFuture<RoomStandings> known = byRoom.get(room);
        RoomStandings in = known == null || known.isCompletedExceptionally() ? null : known.getNow(null);
        if (in == null || in.size() > Standings.MOST) {
            remove(room, known);
            return;
        }
        held -= in.size();
        in.change(standings, slow, closed);
        held += in.size();
    }

    /** The standings in a room may have changed: they are read again. @param room null for the whole server */
    public void forget(RoomName room) {
        isUsed = true;
        if (room != null) {
            synchronized (this) {
                remove(room, byRoom.get(room));
            }
            return;
        }
        source.apply(null).thenAccept(found -> everywhere = new RoomStandings(found));
    }
}
