package dev.parley.faults;

import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientOptions;
import dev.parley.testing.FreePort;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;

/** People talk on while the server ends, again and again, and another one begins where it was. */
final class Outages implements Scenario {
    private static final int PEOPLE = 6;
    private static final int ROOMS = 3;
    private static final int PER_SECOND = 3_000;
    /** How many messages are acknowledged in a round. */
    private static final int LEAST = 100;

    private static final int MOST = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ClientOptions OPTIONS =
            ClientOptions.defaults().withBackOff(Duration.ofMillis(100), Duration.ofSeconds(1));

    private final String name;
    private final Function<Path, Outage> kind;

    /** @param kind makes it, given a folder that goes with it */
    private Outages(String name, Function<Path, Outage> kind) {
        this.name = name;
        this.kind = kind;
    }

    static Outages kills() {
        return new Outages("kill -9", Kill::new);
    }

    static Outages powerCuts() {
        return new Outages("power cut", PowerCut::new);
    }

    static Outages drains() {
        return new Outages("drain", Drain::new);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Report run(Scale scale) {
        Path folder = newFolder();
        try (Outage outage = kind.apply(folder);
                Talk talk = new Talk(PEOPLE, ROOMS, 0, PER_SECOND, scale.dice())) {
            Map<String, String> place =
                    Map.of("parley.rate", "1000000", "parley.port", Integer.toString(FreePort.find()));
            Random dice = scale.dice();
            for (int round = 1; round <= scale.rounds(); round++) {
                try (ServerProcess server = start(place, outage)) {
                    if (round == 1) {
                        talk.comesTo(server.chat(), OPTIONS);
                        talk.begins();
                    }
                    talk.awaitMore(1);
                    strike(outage, server, talk, dice.nextInt(LEAST, MOST));
                    Quiet.check(server, talk.findings());
                }
            }
            try (ServerProcess server = start(place, outage)) {
                talk.awaitMore(1);
                talk.pauses();
                talk.audit(server.chat());
            }
            return talk.report(name, scale.rounds() + " rounds", name + ": " + scale.rounds(), talk.ends());
        } finally {
            delete(folder);
        }
    }

    private static ServerProcess start(Map<String, String> place, Outage outage) {
        Map<String, String> settings = new HashMap<>(place);
        settings.put("parley.data", outage.data().toString());
        return ServerProcess.start(settings);
    }

    private static void strike(Outage outage, ServerProcess server, Talk talk, int acknowledged) {
        outage.prepare(server, talk);
        AtomicBoolean struck = new AtomicBoolean();
        talk.after(acknowledged, () -> {
            outage.strike(server);
            struck.set(true);
        });
        await().atMost(PATIENCE).untilTrue(struck);
        outage.clearUp(server, talk);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("parley-outages-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
