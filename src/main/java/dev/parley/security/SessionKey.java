package dev.parley.security;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The key that signs sessions, in a file beside the log. A reader of the key can become any guest, so only the file's
 * owner may read it. Stateless; for one process at a time, which has claimed the folder.
 *
 * <p>It is a file of its own and not a row of the log, so that a copy of the log contains no key. If the file is
 * deleted, a new key is made, and every returning guest becomes a new guest.
 */
public final class SessionKey {
    /** The name of the file. */
    public static final String FILE = "session.key";

    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SessionKey() {}

    /**
     * The key of this folder; it is made if there is none. Waits for the disk.
     *
     * @return 32 bytes
     * @throws ParleyException with {@code unavailable} if the key can't be read or made
     */
    public static byte[] of(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? read(file) : create(file);
        } catch (IOException e) {
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE, "the key of the sessions, " + file + ", can't be read or made: " + e, e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        // Reading a FIFO would block for ever, and a link could lead to another file.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != BYTES) {
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE,
                    "the key of the sessions, " + file + ", must be a file of " + BYTES
                            + " bytes. Restore it from a copy, or delete it: then returning guests become new guests.");
        }
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
        return Files.readAllBytes(file);
    }

    /** A new key, which is stored nowhere. */
    public static byte[] create() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static byte[] create(Path file) throws IOException {
        byte[] key = create();
        Path part = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(part);
        FileAttribute<?>[] attributes = isPosix(file.getParent())
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        // The key is on the disk before it is used: sessions that it signed must stay valid after a power cut.
        try (FileChannel channel =
                FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(key);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(file.getParent());
        return key;
    }

    private static void forceFolder(Path folder) throws IOException {
        // Windows can't open a folder as a file, and does not need this.
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
