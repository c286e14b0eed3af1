package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A full disk refuses who speaks, and nobody else; when there is space again, it is over. */
@Timeout(300)
class DiskFullIT {
    private static final int ROUNDS = 3;
    private static final int TEXTS = 100;
    private static final int ATTACHMENTS = 10;
    private static final RoomName ROOM = new RoomName("archive");
    /** More than is left where the disk is full; all of them less than lets SQLite begin its file anew (16 MB). */
    private static final int ATTACHMENT_BYTES = 50_000;

    private final Guest ann = new Guest("ann");
    private final Guest bob = new Guest("bob");
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
            ann.comesTo(server.chat(), List.of(ROOM));
            bob.comesTo(server.chat(), List.of(ROOM));
            assertThat(say(texts())).isEmpty();
            for (int round = 1; round <= ROUNDS; round++) {
                // Somewhere in the middle of a write: the limit is no multiple of a page.
                disk.set(Files.size(data.resolve("parley.db-wal")) + 10_000 * round + 123);
                Map<String, Body> refused = say(attachments());
                assertThat(refused).as("attachments refused").hasSize(ATTACHMENTS);
                // Some of these may still fit.
                refused.putAll(say(texts()));
                assertHolds();

                disk.lift();
                assertThat(say(refused))
                        .as("refused again, with space on the disk")
                        .isEmpty();
                assertThat(say(texts())).isEmpty();
                assertHolds();
            }
            assertThat(ann.state()).isEqualTo(ConnectionState.OPEN);
            assertThat(bob.state()).isEqualTo(ConnectionState.OPEN);
            ann.close();
            bob.close();
        }
    }

    private Map<String, Body> texts() {
        Map<String, Body> texts = new LinkedHashMap<>();
        for (int i = 0; i < TEXTS; i++) {
            String id = "m-" + ++last;
            texts.put(id, new Body.Text((id + " ").repeat(100)));
        }
        return texts;
    }

    private Map<String, Body> attachments() {
        Map<String, Body> attachments = new LinkedHashMap<>();
        for (int i = 0; i < ATTACHMENTS; i++) {
            attachments.put(
                    "m-" + ++last,
                    new Body.Attachment("application/octet-stream", null, ByteBuffer.allocate(ATTACHMENT_BYTES)));
        }
        return attachments;
    }

    /** Says all of them, by turns and in one go; gives back those that were refused. */
    private Map<String, Body> say(Map<String, Body> messages) {
        Map<String, CompletableFuture<ServerMessage.Said>> replies = new LinkedHashMap<>();
        messages.forEach((id, body) -> replies.put(id, speaker(id).say(ROOM, id, body)));
        Map<String, Body> refused = new LinkedHashMap<>();
        replies.forEach((id, reply) -> {
            try {
                assertThat(Guest.ends(reply).id()).isEqualTo(id);
                stored.add(id);
            } catch (CompletionException e) {
                assertThat(((ParleyException) e.getCause()).code()).isEqualTo(ErrorCode.UNAVAILABLE);
                refused.put(id, messages.get(id));
            }
        });
        return refused;
    }

    /** The same one again for the same id. */
    private Guest speaker(String id) {
        return id.hashCode() % 2 == 0 ? ann : bob;
    }

    private void assertHolds() throws IOException {
        List<Entry> log = ann.reads(ROOM);
        assertThat(log)
                .extracting(Entry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, stored.size()).boxed().toList());
        assertThat(log).extracting(Entry::id).containsExactlyInAnyOrderElementsOf(stored);
        for (Guest guest : List.of(ann, bob)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> guest.heard(ROOM).size() >= log.size());
            assertThat(guest.heard(ROOM)).isEqualTo(log);
        }
    }
}
