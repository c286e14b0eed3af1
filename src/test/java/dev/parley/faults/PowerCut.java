package dev.parley.faults;

import dev.parley.testing.LoopDisk;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The power goes: the server stops where it is, and the next one gets a disk with what the device of the old one held at
 * that moment, nothing flushed and nothing unmounted. What the kernel still had in its memory is gone.
 */
final class PowerCut implements Outage {
    private static final int MEGABYTES = 256;

    private final Path folder;
    private LoopDisk disk;

    PowerCut(Path folder) {
        LoopDisk.assumePossible();
        this.folder = folder;
        this.disk = LoopDisk.create(folder, MEGABYTES);
    }

    @Override
    public Path data() {
        return disk.root().resolve("data");
    }

    @Override
    public void strike(ServerProcess server) {
        server.suspend();
    }

    @Override
    public void clearUp(ServerProcess server, Talk talk) {
        try {
            Path image = folder.resolve("left");
            disk.copyTo(image);
            server.kill();
            disk.close();
            disk = LoopDisk.mount(image);
            Files.delete(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        disk.close();
    }
}
