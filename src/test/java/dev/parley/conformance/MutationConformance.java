package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.KnownDifferences.Breach;
import dev.parley.testing.Background;
import dev.parley.testing.Messages;
import dev.parley.testing.Mutations;
import dev.parley.testing.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Messages bent at random, while others talk: each gets its answer, and the others notice nothing. */
interface MutationConformance extends Place {
    int MUTATIONS = 1_000;

    /** Other mutations at each run, unless {@code -Dparley.seed} names those of a run that failed. */
    static long seed() {
        return Long.getLong("parley.seed", ThreadLocalRandom.current().nextInt(1_000_000_000));
    }

    @Test
    default void bentMessagesAreAnsweredAndTheOthersAreNotDisturbed() throws InterruptedException {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        long seed = seed();
        // Not more is said than bent: where a server takes its time with that, the talk would pass the rate limit.
        Semaphore bent = new Semaphore(0);
        CompletableFuture<Mutations.Outcome> bending = Background.get(() -> Mutations.run(
                chat(),
                seed,
                MUTATIONS,
                new Mutations.Codes(
                        KnownDifferences.codes(server(), Breach.NEGATIVE_LENGTH),
                        KnownDifferences.codes(server(), Breach.TEXT_TOO_LARGE),
                        KnownDifferences.codes(server(), Breach.NOT_UTF8),
                        KnownDifferences.codes(server(), Breach.TEXT_TOO_LARGE_AND_NOT_UTF8)),
                bent::release));
        List<String> said = new ArrayList<>();
        while (!bending.isDone()) {
            if (!bent.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                continue;
            }
            Person speaker = said.size() % 2 == 0 ? ann : bob;
            said.add(speaker.name() + " says " + said.size());
            assertThat(Messages.seq(speaker.says(room, said.get(said.size() - 1))))
                    .isEqualTo(said.size());
            assertThat(Messages.texts(ann.hears(1, room))).containsExactly(said.get(said.size() - 1));
            assertThat(Messages.texts(bob.hears(1, room))).containsExactly(said.get(said.size() - 1));
        }
        Mutations.Outcome outcome = bending.join();
        assertThat(outcome.mutations()).isEqualTo(MUTATIONS);
        assertThat(outcome.errors()).isPositive();
        assertThat(said).isNotEmpty();
        assertThat(ann.hasHeard()).noneMatch(message -> Messages.is(message, "entry") || Messages.is(message, "error"));
        int from = Math.max(0, said.size() - 50);
        assertThat(Messages.texts(Messages.entries(ann.asksForHistory(room, Map.of("limit", 50)))))
                .isEqualTo(said.subList(from, said.size()));
    }
}
