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
 * Protects files and folders from other users of the machine: folders get the mode 0700, files 0600. On a file system
 * without such modes, as on Windows, it only creates them. Stateless.
 */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Logger LOG = System.getLogger(OwnerOnly.class.getName());

    private OwnerOnly() {}

    /** Creates a folder and its missing parents. */
    static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /**
     * Creates an empty file.
     *
     * @throws FileAlreadyExistsException if the file exists
     */
    static void createFile(Path file) throws IOException {
        Files.createFile(file, attributes(file, FILE));
    }

    /** Opens a file for writing; creates it if it is missing. */
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
     * Removes the permissions of all users but the owner from a file or folder, and logs this. A failure is logged too,
     * and does not stop the caller. Does nothing if there is no such file.
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

    /**
     * Gives a file the owner and group of another file, if this user may do so: the administrator (root) may restore
     * another user's log.
     */
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
