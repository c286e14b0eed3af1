package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A full disk refuses who speaks, and nobody else; when there is space again, it is over. */
@Timeout(300)
class DiskFullIT {
    private static final int ROUNDS = 3;
    private static final int TEXTS = 100;
    private static final int ATTACHMENTS = 10;
    private static final String ROOM = "archive";
    /** More than is left where the disk is full; all of them less than lets SQLite begin its file anew (16 MB). */
    private static final byte[] ATTACHMENT = new byte[50_000];

    private Person ann;
    private Person bob;
    private final List<JsonObject> heardByAnn = new ArrayList<>();
    private final List<JsonObject> heardByBob = new ArrayList<>();
    private final List<String> stored = new ArrayList<>();
    private int last;

    @TempDir
    private Path data;

    @Test
    void sendersAreRefusedAndReadersAreNot() throws Exception {
        FileSizeLimit.assumePossible();
        Map<String, String> settings = Map.of("parley.data", data.toString(), "parley.rate", "1000000");
        try (ServerProcess server = ServerProcess.start(settings)) {
            FileSizeLimit disk = new FileSizeLimit(server.pid());
            ann = comes(server, "ann");
            bob = comes(server, "bob");
            assertThat(say(texts())).isEmpty();
            for (int round = 1; round <= ROUNDS; round++) {
                // Somewhere in the middle of a write: the limit is no multiple of a page.
                disk.set(Files.size(data.resolve("parley.db-wal")) + 10_000 * round + 123);
                List<String> refused = say(attachments());
                assertThat(refused).as("attachments refused").hasSize(ATTACHMENTS);
                // Some of these may still fit.
                refused.addAll(say(texts()));
                assertHolds();

                disk.lift();
                assertThat(say(refused))
                        .as("refused again, with space on the disk")
                        .isEmpty();
                assertThat(say(texts())).isEmpty();
                assertHolds();
            }
            ann.awaitsBeat();
            bob.awaitsBeat();
            ann.close();
            bob.close();
        }
    }

    private static Person comes(ServerProcess server, String name) {
        Person person = Person.at(server.chat(), Map.of("name", name));
        person.joins(ROOM);
        return person;
    }

    private List<String> texts() {
        return ids("text-", TEXTS);
    }

    private List<String> attachments() {
        return ids("attachment-", ATTACHMENTS);
    }

    private List<String> ids(String kind, int many) {
        return Stream.generate(() -> kind + ++last).limit(many).toList();
    }

    /** Says all of them, by turns and in one go; gives back those that were refused. */
    private List<String> say(List<String> ids) {
        for (String id : ids) {
            Map<String, String> fields = Map.of("room", ROOM, "id", id, "ref", id);
            if (id.startsWith("text-")) {
                speaker(id).sends("say", Messages.with(fields, "text", (id + " ").repeat(100)));
            } else {
                speaker(id).sendsBytes(ATTACHMENT, Messages.with(fields, "media", "application/octet-stream"));
            }
        }
        List<String> refused = new ArrayList<>();
        for (String id : ids) {
            JsonObject reply = speaker(id).awaits("the reply to " + id, message -> id.equals(text(message, "ref")));
            if (Messages.is(reply, "said")) {
                assertThat(reply.getString("id")).isEqualTo(id);
                stored.add(id);
            } else {
                assertThat(reply.getString("code")).isEqualTo("unavailable");
                refused.add(id);
            }
        }
        return refused;
    }

    private static String text(JsonObject message, String field) {
        return message.get(field) instanceof JsonString text ? text.getString() : "";
    }

    /** The same one again for the same id. */
    private Person speaker(String id) {
        return id.hashCode() % 2 == 0 ? ann : bob;
    }

    private void assertHolds() {
        List<JsonObject> log = ann.readsLog(ROOM);
        assertThat(Messages.seqs(log))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, stored.size()).boxed().toList());
        assertThat(log).extracting(entry -> entry.getString("id")).containsExactlyInAnyOrderElementsOf(stored);
        heardByAnn.addAll(ann.hears(log.size() - heardByAnn.size(), ROOM));
        heardByBob.addAll(bob.hears(log.size() - heardByBob.size(), ROOM));
        assertThat(gists(heardByAnn)).isEqualTo(gists(log));
        assertThat(gists(heardByBob)).isEqualTo(gists(log));
    }

    /** What is the same of an entry on a page and of one that comes live. */
    private static List<List<JsonValue>> gists(List<JsonObject> entries) {
        return entries.stream()
                .map(entry -> Stream.of("seq", "id", "from", "at", "text", "media", "data")
                        .map(field -> entry.getOrDefault(field, JsonValue.NULL))
                        .toList())
                .toList();
    }
}
