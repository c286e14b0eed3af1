package dev.parley.log.sqlite;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Keeps files and folders from the other users of the machine: folders get the mode 0700, files 0600. Does nothing more
 * than create them where the file system has no such modes, as on Windows. Stateless.
 */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Logger LOG = System.getLogger(OwnerOnly.class.getName());

    private OwnerOnly() {}

    /** Creates a folder, and those above it that are missing. */
    static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /**
     * Creates an empty file.
     *
     * @throws FileAlreadyExistsException where there is one
     */
    static void createFile(Path file) throws IOException {
        Files.createFile(file, attributes(file, FILE));
    }

    /** Opens a file to write to it; creates it where it is missing. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes(file, FILE));
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }

    /**
     * Takes away what others than the owner may do with a file or folder, and logs that it did, or why it could not: that
     * is no reason not to go on. Does nothing where there is no such file.
     */
    static void tighten(Path path) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (view == null || !Files.exists(path)) {
                return;
            }
            PosixFileAttributes found = view.readAttributes();
            Set<PosixFilePermission> wanted = EnumSet.copyOf(found.isDirectory() ? FOLDER : FILE);
            if (wanted.containsAll(found.permissions())) {
                return;
            }
            wanted.retainAll(found.permissions());
            view.setPermissions(wanted);
            LOG.log(
                    Level.INFO,
                    "{0} was open to other users of this machine ({1}); now only its owner has access ({2})",
                    path,
                    PosixFilePermissions.toString(found.permissions()),
                    PosixFilePermissions.toString(wanted));
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "{0} is open to other users of this machine, and its mode cannot be changed: {1}",
                    path,
                    FileTrouble.sentence(e));
        }
    }

    /** Gives a file to the owner of another one, as far as this user may do so: root repairs for others. */
    static void giveTo(Path file, Path like) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null) {
                PosixFileAttributes wanted = Files.readAttributes(like, PosixFileAttributes.class);
                view.setGroup(wanted.group());
                view.setOwner(wanted.owner());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0} keeps its owner: {1}", file, FileTrouble.sentence(e));
        }
    }
}
