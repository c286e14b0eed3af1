package dev.parley.log.sqlite;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes files and their names durable, so that they outlive a power cut. Stateless. */
final class DurableFiles {
    private static final Logger LOG = System.getLogger(DurableFiles.class.getName());

    private DurableFiles() {}

    /** Waits until the content of a file is on the disk. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Waits until the name of a file is on the disk. */
    static void forceFolderOf(Path file) {
        try (FileChannel channel = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows can't open folders; its file systems write names in order.
            LOG.log(Level.DEBUG, "a folder can''t be forced to the disk: {0}", e);
        }
    }

    static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} can''t be deleted: {1}", file, FileTrouble.sentence(e));
        }
    }
}
