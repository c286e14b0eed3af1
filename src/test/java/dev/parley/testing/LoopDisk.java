package dev.parley.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A disk of its own, with an ext4 file system, in a file: it can stall, and what it holds can be looked at as a power cut
 * would leave it. Needs Linux, root and loop devices. For one thread.
 *
 * <pre>
 *   root()  ext4, where the server's data is       freeze: every write to it waits, as for a disk that stalls
 *     │ loop device
 *   a file on the host, an ext4 without a journal   frozen while it is copied: the copy is of one moment
 *     │ loop device
 *   a file in the folder
 * </pre>
 */
public final class LoopDisk implements AutoCloseable {
    private static final int COMMAND_SECONDS = 60;
    /** What the host needs beside the disk, for its own tables. */
    private static final long HOST_BYTES = 16L << 20;

    private static final String IMAGE = "disk";

    private final Path host;
    private final Path root;
    private boolean frozen;

    private LoopDisk(Path folder, long bytes) {
        try {
            Path parts = Files.createTempDirectory(folder, "disk-");
            Path hostImage = parts.resolve("host.img");
            try (RandomAccessFile file = new RandomAccessFile(hostImage.toFile(), "rw")) {
                file.setLength(bytes + bytes / 16 + HOST_BYTES);
            }
            run("mkfs.ext4", "-q", "-F", "-m", "0", "-O", "^has_journal", hostImage.toString());
            host = Files.createDirectory(parts.resolve("host"));
            root = Files.createDirectory(parts.resolve("root"));
            run("mount", "-o", "loop", hostImage.toString(), host.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new disk; its parts are below {@code folder}. */
    public static LoopDisk create(Path folder, int megabytes) {
        LoopDisk disk = new LoopDisk(folder, (long) megabytes << 20);
        return disk.mounted(image -> {
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength((long) megabytes << 20);
            }
            run("mkfs.ext4", "-q", "-F", image.toString());
        });
    }

    /** A disk that begins with what {@link #copyTo} left in {@code image}; the image stays as it is. */
    public static LoopDisk mount(Path image) {
        try {
            LoopDisk disk = new LoopDisk(image.toAbsolutePath().getParent(), Files.size(image));
            return disk.mounted(copy -> copy(image, copy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Skips the test where such a disk can't be had, and fails it where the environment variable CI is {@code true}.
     */
    public static void assumePossible() {
        try {
            Path folder = Files.createTempDirectory("parley-disk-");
            create(folder, 8).close();
            run("rm", "-r", folder.toString());
        } catch (RuntimeException | IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("a disk in a file can't be mounted: its faults can't be tested", e);
            }
            assumeTrue(
                    false, "NOT TESTED: faults of a disk, because one in a file can't be mounted: " + e.getMessage());
        }
    }

    private interface Making {
        void make(Path image) throws IOException;
    }

    private LoopDisk mounted(Making making) {
        try {
            making.make(image());
            run("mount", "-o", "loop", image().toString(), root.toString());
            return this;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Path image() {
        return host.resolve(IMAGE);
    }

    /** The top folder of the disk. */
    public Path root() {
        return root;
    }

    /** From now on whoever writes to the disk waits; what was written until now is on it. */
    public void freeze() {
        run("fsfreeze", "-f", root.toString());
        frozen = true;
    }

    /** The disk goes on, and so does whoever waits for it. */
    public void thaw() {
        run("fsfreeze", "-u", root.toString());
        frozen = false;
    }

    /**
     * Copies what the device holds at this moment, all of one moment, while others write on: what a power cut leaves, of a
     * device that keeps all that it took. Nothing is flushed to it before.
     */
    public void copyTo(Path image) {
        run("fsfreeze", "-f", host.toString());
        try {
            copy(image(), image);
        } finally {
            run("fsfreeze", "-u", host.toString());
        }
    }

    private static void copy(Path from, Path to) {
        run("cp", "--sparse=always", from.toString(), to.toString());
    }

    /** Unmounts the disk, frozen or not. Whoever still uses it should be gone before. */
    @Override
    public void close() {
        if (frozen) {
            thaw();
        }
        unmount(root);
        unmount(host);
    }

    private static void unmount(Path mounted) {
        if (attempt("mountpoint", "-q", mounted.toString()).code != 0) {
            return;
        }
        if (attempt("umount", mounted.toString()).code != 0) {
            // Somebody still uses it: it goes when they do, and no later test trips over it.
            run("umount", "--lazy", mounted.toString());
        }
    }

    private record Outcome(int code, String output) {}

    private static void run(String... command) {
        Outcome outcome = attempt(command);
        if (outcome.code != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + outcome.output);
        }
    }

    private static Outcome attempt(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " doesn't end");
            }
            // They say little: it fits into the pipe.
            return new Outcome(
                    process.exitValue(),
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
