package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.ObserverLog;
import dev.parley.log.RoomsBehind;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of positions while the log can't store them. */
@Timeout(60)
class ObserverPositionsTest {
    private static final int MOST = 1_000;

    private final Disk disk = new Disk();
    private final ObserverPositions positions = new ObserverPositions(disk, "search");

    /** A log that answers when it is told to. */
    private static final class Disk implements ObserverLog {
        private final List<Map<RoomName, Long>> requests = new ArrayList<>();
        private final Map<RoomName, Long> stored = new HashMap<>();
        private CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Void> addObserver(String observer, boolean fromStart) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> advance(String observer, Map<RoomName, Long> changed) {
            requests.add(changed);
            return answer.thenRun(() -> stored.putAll(changed));
        }

        @Override
        public CompletionStage<Long> position(String observer, RoomName room) {
            return CompletableFuture.completedFuture(stored.getOrDefault(room, 0L));
        }

        @Override
        public CompletionStage<RoomsBehind> behind(String observer, long place) {
            return CompletableFuture.completedFuture(new RoomsBehind(List.of(), RoomsBehind.END));
        }
    }

    private static RoomName room(int number) {
        return new RoomName("room-" + number);
    }

    private void reachMost(long seq) {
        for (int i = 0; i < MOST; i++) {
            positions.reached(room(i), seq);
        }
    }

    @Test
    void aLogThatRejectsGetsEachTryOnceAndTheObserverWaits() throws Exception {
        disk.answer = CompletableFuture.failedFuture(new ParleyException(ErrorCode.UNAVAILABLE, "the disk is full"));
        reachMost(7);
        assertThat(positions.hasSpace()).isFalse();
        assertThat(disk.requests).hasSize(1);

        disk.answer = CompletableFuture.completedFuture(null);
        assertThat(positions.hasSpace()).isTrue();
        assertThat(disk.stored).hasSize(MOST).containsEntry(room(0), 7L);
        positions.saveAtEnd();
        assertThat(disk.requests).hasSize(2);
    }

    @Test
    void aLogThatHangsHasOneRequestAndWhatCameSinceIsStoredAfterIt() throws Exception {
        disk.answer = new CompletableFuture<>();
        reachMost(7);
        assertThat(positions.hasSpace()).isFalse();
        positions.reached(room(0), 8);
        assertThat(positions.hasSpace()).isFalse();
        assertThat(disk.requests).hasSize(1);
        assertThat(positions.of(room(0))).isEqualTo(8);

        disk.answer.complete(null);
        assertThat(positions.hasSpace()).isTrue();
        assertThat(disk.stored).containsEntry(room(0), 7L);
        positions.saveAtEnd();
        assertThat(disk.requests).hasSize(2);
        assertThat(disk.requests.get(1)).isEqualTo(Map.of(room(0), 8L));
        assertThat(disk.stored).containsEntry(room(0), 8L);
    }
}
