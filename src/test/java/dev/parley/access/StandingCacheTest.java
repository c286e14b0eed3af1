package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
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

    @Test
    void aRoomWithoutStandingsOrSettingsIsNotRead() {
        cache.start(Set.of(room(1)), Standings.NONE);
        assertThat(cache.in(room(2)).join().size()).isZero();
        cache.in(room(1)).join();
        assertThat(reads).containsExactly(room(1));
        cache.changed(room(2), Map.of("guest:g", BANNED), 0, false);
        cache.forget(room(3), () -> {});
        cache.in(room(2)).join();
        cache.in(room(3)).join();
        assertThat(reads).containsExactly(room(1), room(2), room(3));
    }

    @Test
    void eachRoomIsReadIfTooManyHaveStandings() {
        Set<RoomName> rooms = IntStream.range(0, StandingCache.MOST_KNOWN)
                .mapToObj(StandingCacheTest::room)
                .collect(Collectors.toSet());
        cache.start(rooms, Standings.NONE);
        cache.in(room(StandingCache.MOST_KNOWN)).join();
        assertThat(reads).hasSize(1);
    }

    /** What continues asks about other rooms, perhaps on other threads. */
    @Test
    void anAnswerContinuesOutsideTheLock() {
        CompletableFuture<Standings> answer = new CompletableFuture<>();
        StandingCache slow = new StandingCache(room -> answer);
        List<Boolean> locked = new ArrayList<>();
        slow.in(room(1)).thenRun(() -> locked.add(Thread.holdsLock(slow)));
        answer.complete(Standings.NONE);
        assertThat(locked).containsExactly(false);
    }

    @Test
    void theWholeServerIsReadAgainIfItChangesMeanwhile() {
        List<CompletableFuture<Standings>> answers = new ArrayList<>();
        StandingCache slow = new StandingCache(room -> {
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
        });
        List<String> told = new ArrayList<>();
        slow.forget(null, () -> told.add("read"));
        slow.changed(null, Map.of("guest:g", BANNED), 0, false);
        answers.get(0).complete(Standings.NONE);
        assertThat(slow.everywhere().of("guest:g")).isEqualTo(BANNED);
        assertThat(told).isEmpty();
        answers.get(1).complete(new Standings(Map.of("guest:g", BANNED, "guest:h", BANNED), 0, false));
        assertThat(slow.everywhere().size()).isEqualTo(2);
        assertThat(told).containsExactly("read");
        assertThat(answers).hasSize(2);
    }

    @Test
    void theWholeServerIsReadAgainIfItCouldNotBeRead() {
        List<CompletableFuture<Standings>> answers = new ArrayList<>(List.of(
                CompletableFuture.failedFuture(new IllegalStateException("the disk")),
                CompletableFuture.completedFuture(new Standings(Map.of("guest:g", BANNED), 0, false))));
        StandingCache broken = new StandingCache(room -> answers.remove(0));
        List<String> told = new ArrayList<>();
        broken.forget(null, () -> told.add("read"));
        assertThat(told).isEmpty();
        Awaitility.await().until(() -> broken.everywhere().size() == 1);
        assertThat(told).containsExactly("read");
    }

    @Test
    void standingsOfTheServerThatHaveEndedLeaveTheMemory() {
        cache.start(Set.of(), Standings.NONE);
        for (int i = 0; i <= Standings.MOST; i++) {
            cache.changed(null, Map.of("guest:g" + i, BANNED), 0, false);
        }
        assertThat(cache.everywhere().size()).isZero();
    }
}
