package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Frame;
import dev.parley.testing.LoopDisk;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that stops answering in the midst of a talk holds up only those who need it, and all is well when it is back. */
@Timeout(300)
class DiskStallIT {
    /** As long as a storage network may take to find another way. */
    private static final Duration STALL = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DISK_MEGABYTES = 64;
    private static final int SPEAKERS = 8;
    private static final int ENOUGH = 100;
    private static final int JOINS = 100;
    private static final int ATTEMPTS = 1_000;
    /** What comes and goes by itself: the compiler's threads, and those of the WebSocket container that answer requests. */
    private static final int OTHER_THREADS = 16;

    private static final String ROOM = "archive";

    private final List<Person> lines = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    @TempDir
    private Path folder;

    @Test
    void whoSpeaksOrJoinsMeanwhileIsToldSoAndNothingIsLostOrDoubled() throws Exception {
        LoopDisk.assumePossible();
        try (LoopDisk disk = LoopDisk.create(folder, DISK_MEGABYTES);
                ServerProcess server = ServerProcess.start(Map.of(
                        "parley.data", disk.root().resolve("data").toString(),
                        "parley.rate", "1000000",
                        "parley.heartbeat", "1000"))) {
            List<Talk> talks = Stream.generate(() -> new Talk(member(server), "talk-" + lines.size()))
                    .limit(SPEAKERS)
                    .toList();
            await().atMost(PATIENCE).until(() -> talks.stream().allMatch(talk -> talk.said.size() >= ENOUGH));
            Person reader = member(server);
            Person late = member(server);
            int threads = threads(server);

            disk.freeze();
            try {
                long end = System.nanoTime() + STALL.toNanos();
                await("the server's own word of it")
                        .atMost(PATIENCE)
                        .until(() -> server.output().contains("the disk does not answer"));
                List<Person> joining =
                        Stream.generate(() -> joins(server)).limit(JOINS).toList();
                for (int i = 0; i < ATTEMPTS; i++) {
                    assertThat(says(late, "late-" + i)).isFalse();
                }
                for (Person line : joining) {
                    assertIsAnswered(line);
                }
                assertThat(threads(server)).as("threads in the stall").isLessThanOrEqualTo(threads + OTHER_THREADS);
                while (System.nanoTime() < end) {
                    reader.line().await(Frame.PING);
                    reader.awaitsBeat();
                }
            } finally {
                disk.thaw();
            }

            await("to be heard again").atMost(PATIENCE).until(() -> says(late, "late-" + ATTEMPTS));
            assertIsMember(joins(server));
            for (Talk talk : talks) {
                talk.ends();
                said.addAll(talk.said);
                refused.addAll(talk.refused);
            }
            // Once refused, they may still be said under the same id.
            assertThat(says(late, "late-0")).isTrue();
            refused.removeAll(said);
            assertHolds(reader);
            reader.awaitsBeat();
            assertThat(threads(server)).as("threads after the stall").isLessThanOrEqualTo(threads + OTHER_THREADS);
        } finally {
            lines.forEach(Person::close);
        }
    }

    private Person line(ServerProcess server) {
        Person line = Person.at(server.chat());
        lines.add(line);
        return line;
    }

    private Person joins(ServerProcess server) {
        Person line = line(server);
        line.sends("join", Map.of("room", ROOM, "limit", 0));
        return line;
    }

    private Person member(ServerProcess server) {
        Person line = joins(server);
        assertIsMember(line);
        return line;
    }

    private static void assertIsMember(Person line) {
        assertThat(answerToJoin(line).getString("type")).isEqualTo("joined");
    }

    /** Either will do: what is in memory can be read while nothing can be written. */
    private static void assertIsAnswered(Person line) {
        JsonObject answer = answerToJoin(line);
        if (Messages.is(answer, "error")) {
            assertThat(answer.getString("code")).isEqualTo("unavailable");
        }
    }

    private static JsonObject answerToJoin(Person line) {
        return line.awaits(
                "the answer to a join", message -> Messages.is(message, "joined") || Messages.is(message, "error"));
    }

    private boolean says(Person line, String id) {
        boolean isSaid = isSaid(line, id);
        (isSaid ? said : refused).add(id);
        return isSaid;
    }

    /** Says it and waits for the answer: whether it was said, or could not be now. */
    private static boolean isSaid(Person line, String id) {
        JsonObject answer = line.answerTo("say", Map.of("room", ROOM, "id", id, "text", id));
        // What everybody says in the room.
        line.hasHeard();
        if (Messages.is(answer, "said")) {
            assertThat(answer.getString("id")).isEqualTo(id);
            return true;
        }
        assertThat(answer.getString("type")).isEqualTo("error");
        assertThat(answer.getString("code")).isEqualTo("unavailable");
        return false;
    }

    /** The log is what was said, each once, and nothing else; in particular nothing that was refused. */
    private void assertHolds(Person reader) {
        List<JsonObject> log = reader.readsLog(ROOM);
        assertThat(Messages.seqs(log))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, log.size()).boxed().toList());
        List<String> ids = log.stream().map(entry -> entry.getString("id")).toList();
        assertThat(ids).doesNotHaveDuplicates();
        // Not by AssertJ's own comparison of sets, which would print them all.
        assertThat(new HashSet<>(ids).equals(said))
                .as("%d stored, %d said", ids.size(), said.size())
                .isTrue();
        assertThat(refused).isNotEmpty().doesNotContainAnyElementsOf(ids);
    }

    private static int threads(ServerProcess server) {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + server.pid() + "/status"))) {
            return status.filter(line -> line.startsWith("Threads:"))
                    .mapToInt(line -> Integer.parseInt(line.split("\\s+")[1]))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Someone who says one thing after the other, each when the one before is answered, on a thread of its own. */
    private static final class Talk {
        final Set<String> said = ConcurrentHashMap.newKeySet();
        final Set<String> refused = ConcurrentHashMap.newKeySet();
        private final Thread thread;
        private volatile boolean ending;
        private volatile Throwable wrong;

        Talk(Person line, String name) {
            thread = new Thread(() -> talk(line, name), name);
            thread.setDaemon(true);
            thread.start();
        }

        private void talk(Person line, String name) {
            try {
                for (int i = 0; !ending; i++) {
                    String id = name + "-" + i;
                    (isSaid(line, id) ? said : refused).add(id);
                }
            } catch (RuntimeException | Error e) {
                wrong = e;
            }
        }

        void ends() throws InterruptedException {
            ending = true;
            thread.join(PATIENCE.toMillis());
            assertThat(wrong).isNull();
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
