package dev.parley.app;

import dev.parley.access.StandingCache;
import dev.parley.log.ModerationLog;
import dev.parley.log.StandingListener;
import dev.parley.log.StandingsChange;
import dev.parley.message.RoomName;
import java.util.function.Consumer;

/**
 * Keeps the standings in memory up to date with the log. Immutable, thread-safe.
 *
 * @param recheck asks again about the connections in a room, or about all connections if the room is null; must not wait
 */
record StandingNews(StandingCache cache, Consumer<RoomName> recheck) implements StandingListener {
    /** Called once, when the log is open, on a thread that may wait for the disk. */
    void start(ModerationLog log) {
        cache.start(
                log.roomsWithStandings(StandingCache.MOST_KNOWN)
                        .toCompletableFuture()
                        .join(),
                log.standings(null).toCompletableFuture().join());
    }

    @Override
    public void changed(StandingsChange change) {
        cache.changed(change.room(), change.standings(), change.slow(), change.closed());
    }

    @Override
    public void unknown(RoomName room) {
        cache.forget(room, () -> recheck.accept(room));
    }
}
