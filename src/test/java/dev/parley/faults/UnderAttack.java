package dev.parley.faults;

import dev.parley.client.ClientOptions;
import dev.parley.testing.ServerProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** People talk, and newcomers come, while strangers attack a server with a small heap again and again. */
final class UnderAttack implements Scenario {
    private static final String[] HEAP = {"-Xmx128m", "-XX:+ExitOnOutOfMemoryError"};
    private static final int TALKERS = 3;
    private static final int PER_SECOND = 60;
    private static final int LONGEST = 200;

    private final Attack attack;
    private final int attackers;
    private final Map<String, String> settings;
    private final AtomicInteger strikes = new AtomicInteger();

    /** @param attackers how many do it at once */
    UnderAttack(Attack attack, int attackers) {
        this(attack, attackers, Map.of());
    }

    /** @param settings of the server beside the usual ones */
    UnderAttack(Attack attack, int attackers, Map<String, String> settings) {
        this.attack = attack;
        this.attackers = attackers;
        this.settings = new HashMap<>(settings);
        this.settings.put("parley.rate", "1000");
    }

    @Override
    public String name() {
        return attack.name();
    }

    @Override
    public Report run(Scale scale) {
        try (ServerProcess server = ServerProcess.start(settings, HEAP);
                Talk talk = new Talk(TALKERS, 1, LONGEST, PER_SECOND, scale.dice());
                Victim victim = new Victim(server.chat(), talk.findings())) {
            talk.comesTo(server.chat(), ClientOptions.defaults());
            talk.begins();
            Duration third = scale.time().dividedBy(3);
            Pause.of(third);
            Latencies alone = victim.measure();
            Pause.of(third);
            Latencies beside = victim.measure();
            strike(server, talk.findings(), third);
            int served = victim.served();
            victim.goes();
            long heap = server.liveHeap();
            talk.pauses();
            talk.audit(server.chat());
            Quiet.check(server, talk.findings());
            return talk.report(
                            name(),
                            "%d s".formatted(scale.time().toSeconds()),
                            "%d × %s".formatted(strikes.get(), attack.faults()),
                            "a newcomer is served after %s, and %s beside the attack; live heap %d of 128 MiB"
                                    .formatted(alone, beside, heap >> 20))
                    .plus(served, 0);
        }
    }

    private void strike(ServerProcess server, Findings findings, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<Thread> threads = IntStream.range(0, attackers)
                .mapToObj(i -> new Thread(
                        () -> {
                            while (System.nanoTime() - end < 0) {
                                attack.strike(server.chat(), findings);
                                strikes.incrementAndGet();
                            }
                        },
                        "attacker " + i))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
