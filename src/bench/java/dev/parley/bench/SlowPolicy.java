package dev.parley.bench;

import dev.parley.testing.ChangedWar;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Whom a slow policy delays: the policy of the application takes 200 ms for each answer. Some connections talk in rooms that
 * they are in, each message after the answer to the one before; then, beside them, others join one new room after another,
 * more than the policy can answer at a time. Prints how long an answer took for both, standalone.
 */
final class SlowPolicy {
    private static final int TALKERS = 20;
    private static final int JOINERS = 40;
    private static final long SECONDS = 10;
    private static final int ROUNDS = 2;

    private SlowPolicy() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Files.createTempDirectory("parley-policy");
        Path war = ChangedWar.write(
                folder.resolve("parley.war"), WaitingPolicy.class, List.of("dev/parley/bench/WaitingPolicy.class"));
        Map<String, String> settings = Map.of("parley.rate", "1000000", "parley.burst", "1000000");
        try (ServerProcess server = ServerProcess.start(war, settings, "-XX:+UseParallelGC")) {
            for (int round = 0; round < ROUNDS; round++) {
                System.out.println("talkers alone:             said after "
                        + run(server.chat(), 0).get(0));
                List<String> together = run(server.chat(), JOINERS);
                System.out.println("talkers beside the joins:  said after " + together.get(0));
                System.out.println("joins of new rooms:        joined after " + together.get(1));
            }
        } finally {
            Files.delete(war);
            Files.delete(folder);
        }
    }

    private static List<String> run(URI chat, int joiners)
            throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Person> talking = new ArrayList<>();
            for (int i = 0; i < TALKERS; i++) {
                Person person = Person.at(chat, Map.of("name", "talker-" + i));
                person.joins("room-" + i);
                talking.add(person);
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            List<Future<Histogram>> said = new ArrayList<>();
            List<Future<Histogram>> joined = new ArrayList<>();
            for (Person person : talking) {
                said.add(threads.submit(() -> measure(person, end, n -> person.says("hello " + n))));
            }
            for (int i = 0; i < joiners; i++) {
                Person person = Person.at(chat, Map.of("name", "joiner-" + i));
                joined.add(threads.submit(() -> measure(person, end, n -> {
                    person.joins(person.name() + "-" + System.nanoTime());
                })));
            }
            return List.of(sum(said), sum(joined));
        } finally {
            threads.shutdown();
        }
    }

    private interface Request {
        void send(int number);
    }

    private static Histogram measure(Person person, long end, Request request) {
        Histogram micros = new Histogram(3);
        try (person) {
            for (int n = 0; System.nanoTime() < end; n++) {
                long begun = System.nanoTime();
                request.send(n);
                micros.recordValue((System.nanoTime() - begun) / 1_000);
            }
        }
        return micros;
    }

    private static String sum(List<Future<Histogram>> parts) throws InterruptedException, ExecutionException {
        Histogram all = new Histogram(3);
        for (Future<Histogram> part : parts) {
            all.add(part.get());
        }
        return "%.1f ms (p50), %.1f ms (p99), %.1f ms (longest); %,.0f a second"
                .formatted(
                        all.getValueAtPercentile(50) / 1e3,
                        all.getValueAtPercentile(99) / 1e3,
                        all.getMaxValue() / 1e3,
                        all.getTotalCount() / (double) SECONDS);
    }
}
