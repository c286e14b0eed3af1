package dev.parley.faults;

import static org.awaitility.Awaitility.await;

import dev.parley.cli.load.Crowd;
import dev.parley.cli.load.Onlooker;
import dev.parley.testing.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** SIGTERM: everyone is told to come back, each at another time, before the server goes. */
final class Drain implements Outage {
    private static final int ENDED_BY_SIGTERM = 143;
    private static final int ONLOOKERS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private Crowd crowd;

    Drain(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path data() {
        return folder.resolve("data");
    }

    @Override
    public void prepare(ServerProcess server, Talk talk) {
        crowd = new Crowd(server.chat(), talk.rooms().get(0));
        IntStream.rangeClosed(1, ONLOOKERS).forEach(i -> crowd.enter("onlooker" + i, Onlooker.Reading.FAST, null));
    }

    @Override
    public void strike(ServerProcess server) {
        server.askToEnd();
    }

    @Override
    public void clearUp(ServerProcess server, Talk talk) {
        int code = server.terminate();
        Findings findings = talk.findings();
        if (code != ENDED_BY_SIGTERM) {
            findings.broken("the server ended with " + code);
        }
        List<Onlooker> all = List.copyOf(crowd.onlookers());
        try {
            await().atMost(PATIENCE).until(() -> all.stream().allMatch(Onlooker::hasEnded));
        } catch (ConditionTimeoutException late) {
            findings.broken("lines have outlived the server");
        }
        crowd.close();
        if (!all.stream().allMatch(one -> one.retryAfter() >= 0 && one.closeCode() == 1001)) {
            findings.broken("not everyone was told to come back: " + all);
        }
        // Of 4,500 milliseconds: that two have the same is nothing strange, that many have is.
        if (all.stream().mapToLong(Onlooker::retryAfter).distinct().count() < ONLOOKERS / 2) {
            findings.broken("they are to come back all at once: " + all);
        }
        if (!all.stream().allMatch(one -> one.disorder().isEmpty())) {
            findings.reordered(
                    "to an onlooker: " + all.stream().map(Onlooker::disorder).toList());
        }
    }

    @Override
    public void close() {
        if (crowd != null) {
            crowd.close();
        }
    }
}
