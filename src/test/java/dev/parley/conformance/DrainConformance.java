package dev.parley.conformance;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Pace;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that goes away says so, and has forgotten nothing when it is back. */
interface DrainConformance {
    /** Of 1 MB each. */
    int PAGES_THAT_FILL_ALL_BUFFERS = 20;

    /** Starts the server, with the log that it had before. */
    void start();

    /** Ends the server as one does who wants it to end well. */
    void stop();

    URI chat();

    /** Whether the server lets applications say good-bye at its stop; else its connections end without a close frame. */
    default boolean saysGoodbye() {
        return true;
    }

    /** How the server said good-bye; without a bye where it says none. */
    record Farewell(JsonObject bye, int code) {}

    @Test
    default void everyoneIsToldWhenToComeBackBeforeTheServerGoes() {
        int people = 10;
        ExecutorService threads = Executors.newFixedThreadPool(people);
        start();
        try {
            List<CompletableFuture<Farewell>> farewells = IntStream.range(0, people)
                    .mapToObj(i -> arrives("p" + i))
                    .map(person -> CompletableFuture.supplyAsync(() -> isSentAway(person), threads))
                    .collect(toList());
            stop();

            List<Farewell> all = farewells.stream().map(CompletableFuture::join).collect(toList());
            assertThat(all).extracting(Farewell::code).containsOnly(lastCode());
            if (!saysGoodbye()) {
                return;
            }
            assertThat(all).allSatisfy(farewell -> {
                assertThat(farewell.bye().getInt("code")).isEqualTo(farewell.code());
                assertThat(farewell.bye().getString("reason")).isNotBlank();
            });
            assertThat(all.stream().map(farewell -> farewell.bye().getInt("retryAfter")))
                    .as("times to come back, spread so that not all do at once")
                    .allMatch(millis -> millis >= 0)
                    .doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    /** What waits for it fills all buffers; all others have gone before it reads on. */
    @Test
    default void whoStillTakesWhatWasSentIsWaitedFor() {
        start();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Pace slowly = new Pace(20_480);
        try (Person ann = arrives("ann");
                RawClient slow = RawClient.openSlow(chat(), slowly)) {
            ann.joins("library");
            ann.saysBytes(new byte[1_000_000], Map.of("room", "library", "media", "image/png"));
            for (int i = 0; i < PAGES_THAT_FILL_ALL_BUFFERS; i++) {
                slow.send("{\"type\":\"history\",\"ref\":1,\"room\":\"library\",\"limit\":1}");
            }
            slowly.awaitTaken(4_000, () -> {});
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                    () -> {
                        ann.isClosed();
                        ann.line().awaitEnd();
                        slowly.letGo();
                        return slow.awaitClose();
                    },
                    threads);
            stop();
            // Where the stop begins late, it was too slow before.
            assertThat(code.join()).isIn(lastCode(), 4000);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void whatWasSaidIsThereWhenTheServerIsBack() {
        start();
        Person ann = arrives("ann");
        JsonObject joined = ann.joins("archive");
        long last = Messages.seq(joined);
        JsonObject said = ann.says("archive", "m-1", "for later");
        ann.saysBytes(new byte[] {1, 2, 3}, Map.of("room", "archive", "media", "application/octet-stream"));
        stop();

        start();
        try (Person again = Person.at(chat(), Map.of("name", "bob"))) {
            JsonObject resumed = again.resumes("archive", last, joined.getString("epoch"));
            assertThat(resumed.getBoolean("recovered")).isTrue();
            assertThat(Messages.seqs(Messages.entries(resumed))).containsExactly(last + 1, last + 2);
            JsonObject first = Messages.entries(resumed).get(0);
            assertThat(first.getString("text")).isEqualTo("for later");
            assertThat(first.getString("at")).isEqualTo(said.getString("at"));
            assertThat(Messages.entries(resumed).get(1).getString("data")).isEqualTo("AQID");
        }
        stop();
    }

    private Person arrives(String name) {
        return Person.at(chat(), Map.of("name", name));
    }

    private int lastCode() {
        return saysGoodbye() ? 1001 : RawClient.NO_CLOSE_FRAME;
    }

    private Farewell isSentAway(Person person) {
        try (person) {
            return new Farewell(saysGoodbye() ? person.awaits("bye") : null, person.isClosed());
        }
    }
}
