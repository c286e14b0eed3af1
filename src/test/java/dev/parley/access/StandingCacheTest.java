package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StandingCacheTest {
    private static final Standing BANNED = Standing.NONE.bannedUntil(Standing.FOREVER);

    private final List<RoomName> reads = new ArrayList<>();
    private int size;
    private final StandingCache cache = new StandingCache(room -> {
        reads.add(room);
        Map<String, Standing> standings = new HashMap<>();
        for (int i = 0; i < size; i++) {
            standings.put("user:u" + i, BANNED);
        }
        return CompletableFuture.completedStage(new Standings(standings, 0, false));
    });

    private static RoomName room(int number) {
        return new RoomName("room-" + number);
    }

    @Test
    void roomsThatWereNotUsedForTheLongestTimeAreReadAgain() {
        for (int i = 0; i <= StandingCache.MOST_ROOMS; i++) {
            cache.in(room(i)).join();
            cache.in(room(1)).join();
        }
        reads.clear();
        cache.in(room(1)).join();
        cache.in(room(0)).join();
        assertThat(reads).containsExactly(room(0));
    }

    @Test
    void roomsWithManyStandingsNeedPlaceForThem() {
        size = Standings.MOST;
        int rooms = StandingCache.MOST_STANDINGS / size;
        for (int i = 0; i <= rooms; i++) {
            cache.in(room(i)).join();
        }
        reads.clear();
        cache.in(room(rooms)).join();
        cache.in(room(0)).join();
        assertThat(reads).containsExactly(room(0));
    }

    @Test
    void aRoomThatOutgrowsItsBoundIsReadAgain() {
        size = Standings.MOST;
        cache.in(room(1)).join();
        for (int i = 0; i < 2; i++) {
            cache.changed(room(1), Map.of("guest:g" + i, BANNED), 0, false);
        }
        cache.in(room(1)).join();
        assertThat(reads).hasSize(2);
    }
}
