package dev.parley.log.sqlite;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.Range;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Body;
import dev.parley.message.ParleyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of references reads no bytes of attachments: it comes also from a log whose bytes can't be read any more. */
class UnreadBytesTest {
    private static final String PATTERN = "swordfish";
    private static final Body FILE = new Body.Attachment(
            "x/y", "f.bin", ByteBuffer.wrap(PATTERN.repeat(20_000).getBytes(StandardCharsets.UTF_8)));

    /** Overwrites each page of the database that has nothing but bytes of an attachment. */
    private static int damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        // https://sqlite.org/fileformat.html: the size of a page is at offset 16; a page of a tree does not begin with
        // 0.
        int size = ByteBuffer.wrap(bytes).getShort(16) & 0xffff;
        int damaged = 0;
        for (int page = size; page < bytes.length; page += size) {
            String content = new String(bytes, page, size, StandardCharsets.ISO_8859_1);
            if (bytes[page] == 0 && content.contains(PATTERN)) {
                Arrays.fill(bytes, page, page + size, (byte) 0);
                damaged++;
            }
        }
        Files.write(file, bytes);
        return damaged;
    }

    @Test
    void aPageOfReferencesNeedsNoBytes(@TempDir Path folder) throws IOException {
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker speaker = Speaker.into(log);
            for (int i = 0; i < 5; i++) {
                get(speaker.say(LOBBY, ANN, null, FILE));
            }
        }
        assertThat(damage(folder.resolve("parley.db"))).isGreaterThan(100);
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker.into(log);
            assertThat(get(log.readReferences(LOBBY, new Range.Newest(200))).entries())
                    .hasSize(5)
                    .allMatch(entry ->
                            entry.body().equals(new Body.Reference("x/y", "f.bin", 20_000L * PATTERN.length())));
            assertThatThrownBy(() -> get(log.read(LOBBY, new Range.Newest(200))))
                    .hasCauseInstanceOf(ParleyException.class);
        }
    }
}
