package dev.parley.faults;

import static org.awaitility.Awaitility.await;

import dev.parley.client.ChatClient;
import dev.parley.client.ClientOptions;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Several who talk in several rooms, and the account of it. For one thread, beside its own. */
final class Talk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** How often each of them opens the mouth, to say one thing or some. */
    private static final int TICK_MILLIS = 5;

    private final Findings findings = new Findings();
    private final List<RoomName> rooms;
    private final List<Talker> talkers;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final double perTick;
    private double due;
    private Future<?> talking;

    /**
     * @param longest the length of the longest text, where nothing else is said; 0 for some of everything
     * @param perSecond how much they say together, while not too much is under way
     */
    Talk(int people, int rooms, int longest, int perSecond, Random dice) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        this.rooms = IntStream.rangeClosed(1, rooms)
                .mapToObj(i -> new RoomName("room" + i + "-" + unique))
                .toList();
        this.talkers = IntStream.rangeClosed(1, people)
                .mapToObj(i -> new Talker(
                        "talker" + i + "-" + unique, this.rooms, longest, new Random(dice.nextLong()), findings))
                .toList();
        this.perTick = perSecond * TICK_MILLIS / 1000.0;
    }

    /** Everyone connects and joins all rooms. */
    void comesTo(URI chat, ClientOptions options) {
        talkers.forEach(talker -> talker.comesTo(chat, options));
    }

    void begins() {
        talking = clock.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        int next = (int) (due % talkers.size());
        int many = (int) (due + perTick) - (int) due;
        for (int i = 0; i < many; i++) {
            talkers.get((next + i) % talkers.size()).goesOn();
        }
        due += perTick;
    }

    /** Nobody says anything new; when it returns, everything that was said has ended well or ill. */
    void pauses() {
        talking.cancel(false);
        // After a task that may just run.
        await().atMost(PATIENCE).until(() -> clock.submit(() -> {}).isDone());
        try {
            await().atMost(PATIENCE).until(() -> talkers.stream().allMatch(Talker::isQuiet));
        } catch (ConditionTimeoutException late) {
            findings.broken("what was said has not ended, well or ill, within " + PATIENCE);
        }
    }

    /** Returns when everyone was understood {@code times} times more. */
    void awaitMore(int times) {
        List<Long> goals = talkers.stream().map(talker -> talker.said() + times).toList();
        await().atMost(PATIENCE)
                .until(() -> IntStream.range(0, goals.size())
                        .allMatch(i -> talkers.get(i).said() >= goals.get(i)));
    }

    /** Runs something the moment that so many more messages are acknowledged, on the thread of a client. */
    void after(int many, Runnable action) {
        AtomicInteger left = new AtomicInteger(many);
        talkers.forEach(talker -> talker.isObservedBy(() -> {
            if (left.decrementAndGet() == 0) {
                action.run();
            }
        }));
    }

    /**
     * When it {@link #pauses}: reads the logs over a line of its own, waits until everyone has heard them, and compares.
     *
     * @param untouched an address of the server that no fault is on
     * @return the logs
     */
    Map<RoomName, Places> audit(URI untouched) {
        try (ChatClient reader = ChatClient.connect(untouched, ClientOptions.defaults())) {
            Map<RoomName, Places> logs = new HashMap<>();
            rooms.forEach(room -> logs.put(room, RoomLog.read(reader, room, findings)));
            try {
                await().atMost(PATIENCE)
                        .until(() -> logs.entrySet().stream()
                                .allMatch(log -> talkers.stream()
                                        .allMatch(talker -> talker.hasHeard(
                                                log.getKey(), log.getValue().last()))));
            } catch (ConditionTimeoutException late) {
                findings.broken("not everyone heard everything within " + PATIENCE);
            }
            logs.forEach((room, log) -> talkers.forEach(talker -> talker.compareTo(room, log)));
            return logs;
        }
    }

    Findings findings() {
        return findings;
    }

    List<RoomName> rooms() {
        return rooms;
    }

    /** Returns when everyone was told that someone has left. */
    void awaitLeave(UserName someone) {
        await().atMost(PATIENCE).until(() -> talkers.stream().allMatch(talker -> talker.hasSeenLeave(someone)));
    }

    long said() {
        return talkers.stream().mapToLong(Talker::said).sum();
    }

    long delivered() {
        return talkers.stream().mapToLong(Talker::delivered).sum();
    }

    /** How often anyone was welcomed. */
    long welcomes() {
        return talkers.stream().mapToLong(Talker::welcomes).sum();
    }

    /** How connections ended, and why messages were refused. */
    String ends() {
        int farewells = talkers.stream().mapToInt(Talker::farewells).sum();
        return "%d good-byes, closed with %s, refused %s"
                .formatted(
                        farewells,
                        counts(talkers.stream().map(Talker::breaks)),
                        counts(talkers.stream().map(Talker::refusals)));
    }

    private static <K> Map<K, Integer> counts(Stream<Map<K, AtomicInteger>> all) {
        Map<K, Integer> sums = new TreeMap<>();
        all.forEach(each -> each.forEach((key, count) -> sums.merge(key, count.get(), Integer::sum)));
        return sums;
    }

    Report report(String scenario, String extent, String faults, String remarks) {
        return new Report(
                scenario,
                extent,
                faults,
                welcomes(),
                said(),
                delivered(),
                findings.lost(),
                findings.doubled(),
                findings.reordered(),
                findings.sentences(),
                remarks);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        talkers.forEach(Talker::close);
    }
}
