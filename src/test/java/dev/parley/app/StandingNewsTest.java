package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.StandingCache;
import dev.parley.message.RoomName;
import dev.parley.message.Standings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A commit whose answer was lost: those whom it concerns are asked about again, on what is stored. */
class StandingNewsTest {
    private static final RoomName GARDEN = new RoomName("garden");

    private final List<CompletableFuture<Standings>> reads = new ArrayList<>();
    private final List<String> rechecked = new ArrayList<>();
    private final StandingNews news = new StandingNews(
            new StandingCache(room -> {
                reads.add(new CompletableFuture<>());
                return reads.get(reads.size() - 1);
            }),
            room -> rechecked.add(String.valueOf(room)));

    @Test
    void theMembersOfTheRoomAreAskedAboutAgain() {
        news.unknown(GARDEN);
        assertThat(rechecked).containsExactly("garden");
    }

    @Test
    void allConnectionsAreAskedAboutAgainWhenTheStandingsOfTheServerAreRead() {
        news.unknown(null);
        assertThat(rechecked).isEmpty();
        reads.get(0).complete(Standings.NONE);
        assertThat(rechecked).containsExactly("null");
    }
}
