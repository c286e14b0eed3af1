package dev.parley.log.sqlite;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Body;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.testing.LoopDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real disk of 64 MiB that something else fills. */
@Timeout(120)
class DiskSpaceTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Body PICTURE = new Body.Attachment("x/y", null, ByteBuffer.allocate(10));

    @TempDir
    private Path folder;

    @BeforeEach
    void assume() {
        LoopDisk.assumePossible();
    }

    @Test
    void belowTheFloorAttachmentsAreRefusedThenTextsAndHistoryIsServedAndAllRecovers() throws IOException {
        try (LoopDisk disk = LoopDisk.create(folder, 64);
                GroupCommitLog log = SqliteLog.open(disk.root().resolve("data"), OptionalLong.of(32L * MEBIBYTE))) {
            Speaker speaker = Speaker.into(log);
            get(speaker.say(LOBBY, ANN, null, PICTURE));

            Path other = disk.root().resolve("other");
            leave(24, other, disk);
            await().until(() -> isRefused(() -> speaker.say(LOBBY, ANN, null, PICTURE)));
            speaker.says(ANN, null, "a text still is stored");

            leave(8, other, disk);
            await().until(() -> isRefused(() -> speaker.say(LOBBY, ANN, null, "no more")));
            assertThat(all(log, LOBBY)).hasSizeGreaterThanOrEqualTo(2);

            Files.delete(other);
            await().until(() -> !isRefused(() -> speaker.say(LOBBY, ANN, null, PICTURE)));
        }
    }

    private static boolean isRefused(Runnable speech) {
        try {
            speech.run();
            return false;
        } catch (ParleyException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            return true;
        }
    }

    /** Makes the other file so large that this much stays free. */
    private static void leave(int mebibytes, Path other, LoopDisk disk) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(other.toFile(), "rw")) {
            file.seek(file.length());
            byte[] block = new byte[MEBIBYTE];
            while (Files.getFileStore(disk.root()).getUsableSpace() > (long) mebibytes * MEBIBYTE) {
                file.write(block);
                // Space is taken where the bytes are on the disk.
                file.getFD().sync();
            }
        }
    }
}
