package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GapReadsTest {
    private final GapReads reads = new GapReads();
    private final List<CompletableFuture<Void>> begun = new ArrayList<>();

    @Test
    void aFewReadAtATimeAndEachGetsItsTurnAlsoWhereOneFails() {
        int many = 3 * GapReads.MOST;
        IntStream.range(0, many).forEach(i -> reads.add(this::begin));
        for (int ended = 0; ended < many; ended++) {
            assertThat(begun).hasSize(Math.min(GapReads.MOST + ended, many));
            if (ended % 2 == 0) {
                begun.get(ended).complete(null);
            } else {
                begun.get(ended).completeExceptionally(new IllegalStateException("on purpose"));
            }
        }
        reads.add(this::begin);
        assertThat(begun).hasSize(many + 1);
    }

    private CompletableFuture<Void> begin() {
        CompletableFuture<Void> read = new CompletableFuture<>();
        begun.add(read);
        return read;
    }
}
