package dev.parley.faults;

import static org.awaitility.Awaitility.await;

import dev.parley.cli.load.Crowd;
import dev.parley.cli.load.Onlooker;
import dev.parley.client.ClientOptions;
import dev.parley.message.UserName;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** A large room in which some read slowly and some not at all, on a server with a small heap. */
final class SlowReaders implements Scenario {
    private static final String[] HEAP = {"-Xmx256m", "-XX:+ExitOnOutOfMemoryError"};
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TALKERS = 4;
    private static final int DEAF = 3;
    private static final int SLOW = 5;
    /** For one of so many in the crowd it is measured how late entries come. */
    private static final int MEASURED = 10;

    private final int members;
    private final int perSecond;
    private final int longest;
    private volatile Latencies latencies = new Latencies();

    /**
     * @param members how many read all that comes
     * @param perSecond how many messages are said, by all together
     * @param longest the length of the longest text
     */
    SlowReaders(int members, int perSecond, int longest) {
        this.members = members;
        this.perSecond = perSecond;
        this.longest = longest;
    }

    @Override
    public String name() {
        return "slow readers";
    }

    @Override
    public Report run(Scale scale) {
        try (ServerProcess server = ServerProcess.start(Map.of("parley.rate", "1000000"), HEAP);
                Talk talk = new Talk(TALKERS, 1, longest, perSecond, scale.dice());
                Crowd crowd = new Crowd(server.chat(), talk.rooms().get(0))) {
            talk.comesTo(server.chat(), ClientOptions.defaults());
            enter(crowd, "fast", members, Onlooker.Reading.FAST);
            Duration third = scale.time().dividedBy(3);
            talk.begins();
            Pause.of(third);
            Latencies alone = measure(third);

            List<Onlooker> deaf = enter(crowd, "deaf", DEAF, Onlooker.Reading.NONE);
            List<Onlooker> slow = enter(crowd, "slow", SLOW, Onlooker.Reading.SLOW);
            long before = talk.said();
            long start = System.nanoTime();
            Latencies amongSlow = measure(third);
            double rate = (talk.said() - before) * 1e9 / (System.nanoTime() - start);
            long heap = server.liveHeap();

            IntStream.rangeClosed(1, DEAF).forEach(i -> talk.awaitLeave(new UserName("deaf" + i)));
            deaf.forEach(one -> readsOn(crowd, one, Long.MAX_VALUE, talk.findings()));
            talk.pauses();
            long head = talk.audit(server.chat()).get(talk.rooms().get(0)).last();
            long returns = slow.stream()
                    .filter(one -> readsOn(crowd, one, head, talk.findings()))
                    .count();
            long starved = check(crowd, head, talk.findings());
            Quiet.check(server, talk.findings());
            String measured =
                    "%.0f messages/s; at the fast ones after %s, and %s among the slow; live heap %d of 256 MiB"
                            .formatted(rate, alone, amongSlow, heap >> 20);
            return talk.report(
                            name(),
                            "%d members, %d s".formatted(members, scale.time().toSeconds()),
                            "%d read nothing, %d read 20 KB/s".formatted(DEAF, SLOW),
                            measured + "; %d of the slow let go, and %d of the fast".formatted(returns, starved))
                    .plus(members + 2L * DEAF + SLOW + returns + starved, crowd.entries());
        }
    }

    private List<Onlooker> enter(Crowd crowd, String name, int many, Onlooker.Reading reading) {
        return IntStream.rangeClosed(1, many)
                .mapToObj(i -> crowd.enter(
                        name + i,
                        reading,
                        reading == Onlooker.Reading.FAST && i % MEASURED == 0
                                ? saidAt -> latencies.add(System.nanoTime() - saidAt)
                                : null))
                .toList();
    }

    private Latencies measure(Duration time) {
        Latencies now = new Latencies();
        latencies = now;
        Pause.of(time);
        latencies = new Latencies();
        return now;
    }

    /**
     * One who read too little reads all there is on its line; where the line has ended, it comes back.
     *
     * @return whether it had to
     */
    private static boolean readsOn(Crowd crowd, Onlooker one, long head, Findings findings) {
        crowd.reads(one, Onlooker.Reading.FAST);
        await().atMost(PATIENCE).until(() -> one.hasEnded() || one.last() >= head);
        if (!one.hasEnded()) {
            return false;
        }
        // Where the server cut the line, what it said last was not read.
        if (one.closeCode() != 4000 && one.closeCode() != RawClient.NO_CLOSE_FRAME) {
            findings.broken("who read too little was closed with " + one.closeCode());
        }
        noteDisorder(one, findings);
        crowd.comeBack(one);
        return true;
    }

    /** @return how many of the fast ones were let go too, where this machine was too slow for them, and came back */
    private static long check(Crowd crowd, long head, Findings findings) {
        AtomicLong starved = new AtomicLong();
        try {
            await().atMost(PATIENCE).until(() -> {
                List<Onlooker> behind = crowd.onlookers().stream()
                        .filter(one -> one.last() < head)
                        .toList();
                starved.addAndGet(behind.stream()
                        .filter(Onlooker::hasEnded)
                        .filter(one -> readsOn(crowd, one, head, findings))
                        .count());
                return behind.isEmpty();
            });
        } catch (ConditionTimeoutException late) {
            findings.broken("not every onlooker got everything within " + PATIENCE);
        }
        for (Onlooker one : crowd.onlookers()) {
            if (one.last() < head) {
                findings.lost(
                        head - one.last(), "an onlooker got %d of %d; its line %s".formatted(one.last(), head, one));
            }
            noteDisorder(one, findings);
        }
        return starved.get();
    }

    private static void noteDisorder(Onlooker one, Findings findings) {
        if (!one.disorder().isEmpty()) {
            findings.reordered("to an onlooker " + one.disorder());
        }
    }
}
