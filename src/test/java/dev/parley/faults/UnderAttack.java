package dev.parley.faults;

import dev.parley.client.ClientOptions;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * People talk, and newcomers come, while strangers attack a server again and again: one with a small heap that is made for
 * it, or one that runs.
 */
final class UnderAttack implements Scenario {
    private static final String[] HEAP = {"-Xmx128m", "-XX:+ExitOnOutOfMemoryError"};
    private static final int TALKERS = 3;
    private static final int PER_SECOND = 60;
    private static final int LONGEST = 200;
    /** How long an attacker may take to end after its time: long, because a test that passes never waits that long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Attack attack;
    private final int attackers;
    private final Map<String, String> settings;
    private final URI running;
    private final AtomicInteger strikes = new AtomicInteger();

    /** @param attackers how many do it at once */
    UnderAttack(Attack attack, int attackers) {
        this(attack, attackers, Map.of());
    }

    /** @param settings of the server beside the usual ones */
    UnderAttack(Attack attack, int attackers, Map<String, String> settings) {
        this(attack, attackers, settings, null);
    }

    /** @param running the address of a server that runs already */
    UnderAttack(Attack attack, int attackers, URI running) {
        this(attack, attackers, Map.of(), running);
    }

    private UnderAttack(Attack attack, int attackers, Map<String, String> settings, URI running) {
        this.attack = attack;
        this.attackers = attackers;
        this.settings = new HashMap<>(settings);
        this.settings.put("parley.rate", "1000");
        this.running = running;
    }

    @Override
    public String name() {
        return attack.name();
    }

    @Override
    public Report run(Scale scale) {
        if (running != null) {
            return run(scale, running, findings -> "");
        }
        try (ServerProcess server = ServerProcess.start(settings, HEAP)) {
            return run(scale, server.chat(), findings -> {
                String heap = "; live heap %d of 128 MiB".formatted(server.liveHeap() >> 20);
                Quiet.check(server, findings);
                return heap;
            });
        }
    }

    /** @param last looks at the server in the end, and returns a remark */
    private Report run(Scale scale, URI chat, Function<Findings, String> last) {
        try (Talk talk = new Talk(TALKERS, 1, LONGEST, PER_SECOND, scale.dice());
                Victim victim = new Victim(chat, talk.findings())) {
            talk.comesTo(chat, ClientOptions.defaults());
            talk.begins();
            Duration third = scale.time().dividedBy(3);
            Pause.of(third);
            Latencies alone = victim.measure();
            Pause.of(third);
            Latencies beside = victim.measure();
            strike(chat, talk.findings(), third);
            String latencies = "a newcomer is served after %s, and %s beside the attack".formatted(alone, beside);
            if (beside.isEmpty()) {
                talk.findings().broken("no newcomer was served beside the attack");
            }
            int served = victim.served();
            victim.goes();
            talk.pauses();
            talk.audit(chat);
            String remark = last.apply(talk.findings());
            return talk.report(
                            name(),
                            "%d s".formatted(scale.time().toSeconds()),
                            "%d × %s".formatted(strikes.get(), attack.faults()),
                            latencies + remark)
                    .plus(served, 0);
        }
    }

    private void strike(URI chat, Findings findings, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<Thread> threads = IntStream.range(0, attackers)
                .mapToObj(i -> new Thread(() -> strikeUntil(end, chat, findings), "attacker " + i))
                .toList();
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
        long deadline = end + PATIENCE.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                findings.broken(thread.getName() + " is held up by the server: " + List.of(thread.getStackTrace()));
            }
        }
    }

    private void strikeUntil(long end, URI chat, Findings findings) {
        try {
            while (System.nanoTime() - end < 0) {
                attack.strike(chat, findings);
                strikes.incrementAndGet();
            }
        } catch (RuntimeException | AssertionError e) {
            findings.broken(Thread.currentThread().getName() + " failed: " + e);
        }
    }
}
