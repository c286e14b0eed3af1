package dev.parley.faults;

import dev.parley.client.ClientOptions;
import dev.parley.testing.FaultyProxy;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** People talk through a proxy that cuts, stalls, halves and delays; then it stops, and everyone has the same. */
final class BrokenLines implements Scenario {
    private static final int PEOPLE = 8;
    private static final int ROOMS = 4;
    private static final int PER_SECOND = 800;
    private static final ClientOptions OPTIONS = ClientOptions.defaults()
            .withBackOff(Duration.ofMillis(50), Duration.ofMillis(500))
            .withConnectTimeout(Duration.ofSeconds(5));

    private final URI chat;

    /** On a standalone server, made for it. */
    BrokenLines() {
        this(null);
    }

    /** On a server that runs. */
    BrokenLines(URI chat) {
        this.chat = chat;
    }

    @Override
    public String name() {
        return "broken lines";
    }

    @Override
    public Report run(Scale scale) {
        if (chat != null) {
            return run(scale, chat, findings -> {});
        }
        // Some stalls last longer than the two heartbeats after which a peer counts as gone.
        Map<String, String> settings = Map.of("parley.rate", "1000000", "parley.heartbeat", "1500");
        try (ServerProcess server = ServerProcess.start(settings)) {
            return run(scale, server.chat(), findings -> Quiet.check(server, findings));
        }
    }

    private Report run(Scale scale, URI chat, Consumer<Findings> last) {
        try (FaultyProxy proxy = FaultyProxy.to(chat, scale.seed());
                Talk talk = new Talk(PEOPLE, ROOMS, 0, PER_SECOND, scale.dice())) {
            talk.comesTo(proxy.address(), OPTIONS);
            talk.begins();
            proxy.storm();
            Pause.of(scale.time());
            proxy.calm();
            talk.awaitMore(1);
            talk.pauses();
            talk.audit(chat);
            last.accept(talk.findings());
            return talk.report(
                    name(), scale.time().toSeconds() + " s", proxy.faults().toString(), talk.ends());
        }
    }
}
