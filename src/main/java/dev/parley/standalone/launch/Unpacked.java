package dev.parley.standalone.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unpacked archive, in a new temporary folder that other users can't enter. For one thread; only {@link #remove}
 * may be called by another one.
 *
 * <pre>
 *   parley-run-123/classes.jar  all classes of WEB-INF, whatever folder they were in
 *                 /lib          all jars of WEB-INF
 *                 /webapp       the page
 * </pre>
 *
 * <p>The folder is needed only for the start. The jars stay open, the page is read into memory, and SQLite's library is
 * mapped, so the folder is deleted as soon as the server listens. So a system that clears old files finds none, and a
 * killed server leaves none behind. Folders of earlier runs are never deleted: in a shared temporary folder, a name
 * does not show who owns a folder. Windows can't delete open files; there, the remaining files are deleted at the end
 * of the JVM, if possible.
 */
final class Unpacked {
    private static final String PREFIX = "parley-run-";
    private static final Pattern CLASSES = Pattern.compile("WEB-INF/(?:standalone/)?classes/(.+)");
    private static final Pattern LIB = Pattern.compile("WEB-INF/(?:standalone/)?lib/([^/]+\\.jar)");

    private final Path folder;
    private final Path page;
    private final List<Path> jars = new ArrayList<>();
    private OpenJars loader;
    private boolean gone;

    private Unpacked(Path folder) {
        this.folder = folder;
        this.page = folder.resolve("webapp");
    }

    /** @throws IOException if there is no space for the files, or the archive can't be read */
    static Unpacked of(Path archive) throws IOException {
        // On POSIX systems the new folder has the mode 0700.
        Unpacked unpacked = new Unpacked(Files.createTempDirectory(PREFIX));
        // Not File.deleteOnExit: long after the folder is deleted, another user could make a link with its name.
        Runtime.getRuntime().addShutdownHook(new Thread(unpacked::remove, "parley-unpacked"));
        try {
            unpacked.unpack(archive);
            unpacked.loader = new OpenJars(unpacked.jars);
            return unpacked;
        } catch (IOException | RuntimeException e) {
            unpacked.remove();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    /** The folder with the files of the page. */
    Path page() {
        return page;
    }

    ClassLoader loader() {
        return loader;
    }

    private void unpack(Path archive) throws IOException {
        Path lib = newFolder(folder.resolve("lib"));
        newFolder(page);
        Path classes = folder.resolve("classes.jar");
        jars.add(classes);
        Set<String> packed = new HashSet<>();
        try (JarFile archived = new JarFile(archive.toFile());
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(classes), archived.getManifest())) {
            // The file is read only once, in a moment, so compressing it would only cost time.
            to.setLevel(0);
            for (JarEntry entry : Collections.list(archived.entries())) {
                if (entry.isDirectory()) {
                    continue;
                }
                String name = entry.getName();
                Matcher inClasses = CLASSES.matcher(name);
                Matcher inLib = LIB.matcher(name);
                if (inClasses.matches()) {
                    if (packed.add(inClasses.group(1))) {
                        pack(archived, entry, inClasses.group(1), to);
                    }
                } else if (inLib.matches()) {
                    jars.add(copy(archived, entry, lib, inLib.group(1)));
                } else if (isOfPage(name)) {
                    copy(archived, entry, page, name);
                }
            }
        }
    }

    private static void pack(JarFile archived, JarEntry entry, String name, JarOutputStream to) throws IOException {
        to.putNextEntry(new JarEntry(name));
        try (InputStream in = archived.getInputStream(entry)) {
            in.transferTo(to);
        }
        to.closeEntry();
    }

    private static Path copy(JarFile archived, JarEntry entry, Path into, String name) throws IOException {
        Path to = into.resolve(name).normalize();
        if (!to.startsWith(into)) {
            throw new IOException("the archive has an entry with a path outside of its folder: " + entry.getName());
        }
        createFolders(to.getParent());
        try (InputStream in = archived.getInputStream(entry)) {
            Files.copy(in, to);
        }
        return to;
    }

    private static boolean isOfPage(String name) {
        return !name.startsWith("WEB-INF/") && !name.startsWith("META-INF/") && !name.endsWith(".class");
    }

    private static Path newFolder(Path path) throws IOException {
        return Files.createDirectory(path);
    }

    private static void createFolders(Path path) throws IOException {
        if (!Files.exists(path)) {
            createFolders(path.getParent());
            newFolder(path);
        }
    }

    /**
     * Deletes the folder as far as the system allows, without following links. Does nothing if it is deleted already.
     */
    synchronized void remove() {
        if (gone) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    return delete(file);
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path each, IOException incomplete) {
                    return delete(each);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the visitor throws no IOException", e);
        }
        gone = !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileVisitResult delete(Path path) {
        // Not Files.delete, which throws for a file that is still open on Windows. Such files are deleted when the JVM
        // ends.
        path.toFile().delete();
        return FileVisitResult.CONTINUE;
    }
}
