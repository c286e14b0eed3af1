package dev.parley.conformance;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More connections than there may be: who is too much is told when to come back, and the others are not disturbed. */
interface LimitsConformance {
    int LIMIT = 3;
    int BURST = 40;

    /** Which of the two limits is {@value #LIMIT}. */
    enum Limit {
        IN_ALL("parley.connections", 503),
        OF_ADDRESS("parley.connections.address", 429);

        final String setting;
        final int status;

        Limit(String setting, int status) {
            this.setting = setting;
            this.status = status;
        }
    }

    /** Starts a server with this limit. */
    void start(Limit limit);

    void stop();

    URI chat();

    @Test
    default void aFullServerRefusesUntilSomebodyGoes() throws Exception {
        refusesUntilSomebodyGoes(Limit.IN_ALL);
    }

    @Test
    default void anAddressThatHasItsShareIsRefusedUntilSomebodyGoes() throws Exception {
        refusesUntilSomebodyGoes(Limit.OF_ADDRESS);
    }

    @Test
    default void ofManyHandshakesAtOnceNotOneTooManyStays() throws Exception {
        burst(Limit.IN_ALL);
    }

    @Test
    default void ofManyHandshakesAtOnceFromOneAddressNotOneTooManyStays() throws Exception {
        burst(Limit.OF_ADDRESS);
    }

    private void refusesUntilSomebodyGoes(Limit limit) throws Exception {
        start(limit);
        try (Guests guests = new Guests()) {
            for (int i = 0; i < LIMIT; i++) {
                guests.add(Person.at(chat(), Map.of()));
            }
            try (RawClient tooMany = RawClient.ask(chat())) {
                assertThat(tooMany.status()).isEqualTo(limit.status);
                assertThat(Integer.parseInt(tooMany.header("Retry-After").orElseThrow()))
                        .isBetween(1, 60);
                assertThat(tooMany.header("Content-Type"))
                        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
                assertThat(tooMany.body()).contains("come back later").doesNotContain("<", "Exception");
            }
            guests.get(0).joins("lobby");
            assertThat(guests.get(0).says("not disturbed").getString("type")).isEqualTo("said");
            guests.remove(0).close();
            await().until(() -> comesIn(guests));
        } finally {
            stop();
        }
    }

    private boolean comesIn(Guests guests) {
        RawClient line = RawClient.ask(chat());
        if (line.status() != 101) {
            line.close();
            return false;
        }
        guests.add(Person.on(line, Map.of()));
        return true;
    }

    /** How one of many handshakes ended. */
    record Arrival(int status, Person person, Optional<JsonObject> bye, int code) {}

    private void burst(Limit limit) throws Exception {
        start(limit);
        ExecutorService threads = Executors.newFixedThreadPool(BURST);
        try (Guests guests = new Guests()) {
            CyclicBarrier together = new CyclicBarrier(BURST);
            List<Arrival> arrivals = IntStream.range(0, BURST)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> arrives(together), threads))
                    .collect(toList())
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            arrivals.stream().map(Arrival::person).forEach(guests::add);
            assertThat(arrivals.stream()
                            .filter(arrival -> arrival.status == 101 && arrival.bye.isEmpty())
                            .map(arrival -> arrival.person.welcome().getString("user")))
                    .hasSize(LIMIT)
                    .doesNotHaveDuplicates();
            assertThat(arrivals)
                    .filteredOn(arrival -> arrival.status != 101)
                    .allSatisfy(refused -> assertThat(refused.status).isEqualTo(limit.status));
            assertThat(arrivals).filteredOn(arrival -> arrival.bye.isPresent()).allSatisfy(sentAway -> {
                assertThat(sentAway.code).isEqualTo(1013);
                assertThat(sentAway.bye.orElseThrow().getInt("code")).isEqualTo(1013);
                assertThat(sentAway.bye.orElseThrow().getInt("retryAfter")).isBetween(1_000, 60_000);
            });
        } finally {
            threads.shutdownNow();
            stop();
        }
    }

    private Arrival arrives(CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        RawClient line = RawClient.ask(chat());
        Person person = Person.on(line);
        if (line.status() != 101) {
            return new Arrival(line.status(), person, Optional.empty(), 0);
        }
        person.sends("hello", Map.of());
        JsonObject first = person.awaits(
                "welcome or bye", message -> Messages.is(message, "welcome") || Messages.is(message, "bye"));
        if (Messages.is(first, "bye")) {
            return new Arrival(101, person, Optional.of(first), person.isClosed());
        }
        return new Arrival(101, person.welcomed(first), Optional.empty(), 0);
    }

    /** Those who are here, and go together. */
    final class Guests implements AutoCloseable {
        private final List<Person> here = new ArrayList<>();

        void add(Person person) {
            here.add(person);
        }

        Person get(int index) {
            return here.get(index);
        }

        Person remove(int index) {
            return here.remove(index);
        }

        @Override
        public void close() {
            here.forEach(Person::close);
        }
    }
}
