package dev.parley.log.sqlite;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Range;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The space of deleted entries is used again. */
class SpaceTest {
    private static final int ENTRIES = 3_000;
    /** At most, for a text with an id, in pages that are not quite full. */
    private static final int BYTES_OF_ENTRY = 700;
    /** What a deleted entry leaves for seven days. */
    private static final int BYTES_OF_ID = 150;

    private static final Body TEXT = new Body.Text("The roses are out. ".repeat(20));
    private static final Body FILE = new Body.Attachment("x/y", null, ByteBuffer.allocate(20_000));

    @TempDir
    Path folder;

    /** Says as much as before, and waits until it is deleted. Returns the size of the file, which has all of it then. */
    private long sizeAfter(int round, String id, Body file) throws Exception {
        try (GroupCommitLog log = SqliteLog.open(folder, Retention.parse("*: 10 entries"))) {
            Speaker speaker = Speaker.into(log);
            List<CompletionStage<Entry>> said = new ArrayList<>();
            for (int i = 0; i < ENTRIES; i++) {
                said.add(speaker.say(LOBBY, ANN, id == null ? null : id + i, i % 10 == 0 ? file : TEXT));
            }
            said.forEach(Speaker::get);
            await().until(() -> get(log.read(LOBBY, new Range.Newest(0))).oldest() == (long) round * ENTRIES - 9);
        }
        return Files.size(folder.resolve("parley.db"));
    }

    @Test
    void aFileGrowsNoFurtherWhenAsMuchIsDeletedAsComes() throws Exception {
        long first = sizeAfter(1, null, FILE);
        assertThat(first).isLessThan(ENTRIES / 10 * 20_000L * 2);
        for (int round = 2; round <= 5; round++) {
            assertThat(sizeAfter(round, null, FILE)).isLessThan(2 * first);
        }
    }

    @Test
    void aDeletedEntryWithAnIdLeavesLittleMoreThanTheId() throws Exception {
        for (int round = 1; round <= 5; round++) {
            // The whole entries of one round may be there at once, before the first of them is deleted.
            assertThat(sizeAfter(round, round + "-a6fb0c12d83e497-", TEXT))
                    .as("round %d", round)
                    .isLessThan(ENTRIES * (BYTES_OF_ENTRY + (long) round * BYTES_OF_ID));
        }
    }
}
