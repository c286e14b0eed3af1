package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests of faults rely on, of the disk that they are done with. */
@Timeout(120)
class LoopDiskTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void assume() {
        LoopDisk.assumePossible();
    }

    @Test
    void aCopyHasWhatWasForcedAndNotWhatWaitsInMemory() throws IOException {
        Path image = folder.resolve("image");
        try (LoopDisk disk = LoopDisk.create(folder, 16)) {
            write(disk.root().resolve("forced"), true);
            write(disk.root().resolve("waiting"), false);
            disk.copyTo(image);
        }
        try (LoopDisk after = LoopDisk.mount(image)) {
            assertThat(after.root().resolve("forced")).hasContent("words");
            // The name may have got there by itself meanwhile, but what is in it waits for half a minute.
            assertThat(after.root().resolve("waiting"))
                    .satisfiesAnyOf(
                            file -> assertThat(file).doesNotExist(),
                            file -> assertThat(file).isEmptyFile());
        }
    }

    @Test
    void whoWritesToAFrozenDiskWaitsUntilItThaws() throws Exception {
        try (LoopDisk disk = LoopDisk.create(folder, 16)) {
            disk.freeze();
            CompletableFuture<Void> writing =
                    Background.run(() -> write(disk.root().resolve("late"), true));
            await().during(Duration.ofMillis(500)).until(() -> !writing.isDone());
            disk.thaw();
            writing.get(30, TimeUnit.SECONDS);
            assertThat(disk.root().resolve("late")).hasContent("words");
        }
    }

    @Test
    void aDiskThatIsClosedWhileItIsFrozenLeavesNothingMounted() throws IOException {
        try (LoopDisk disk = LoopDisk.create(folder, 16)) {
            disk.freeze();
        }
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(folder.toString());
    }

    private static void write(Path file, boolean force) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode("words"));
            if (force) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
