package dev.parley.standalone.launch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The unpacked archive, in a temporary folder that goes when the JVM ends; what a killed JVM left behind goes when the
 * next one starts. For one thread.
 *
 * <pre>
 *   parley-run-123/lock      locked as long as the JVM lives
 *                 /classes   all classes of WEB-INF, whatever folder they were in
 *                 /lib       all jars of WEB-INF
 *                 /webapp    the page
 * </pre>
 */
final class Unpacked {
    private static final String PREFIX = "parley-run-";
    private static final String LOCK = "lock";
    private static final Pattern INSIDE = Pattern.compile("WEB-INF/(?:standalone/)?((?:classes|lib)/.*)");

    /** Until the operating system takes it from the dead JVM; a lock that nobody holds is collected, and so released. */
    @SuppressWarnings("unused")
    private static FileLock held;

    private final Path folder;
    private final List<URL> classPath = new ArrayList<>();

    private Unpacked(Path folder) {
        this.folder = folder;
    }

    static Unpacked of(Path archive) throws IOException {
        Unpacked unpacked = new Unpacked(Files.createTempDirectory(PREFIX));
        unpacked.lock();
        unpacked.unpack(archive);
        unpacked.removeLeftovers();
        return unpacked;
    }

    Path folder() {
        return folder;
    }

    List<URL> classPath() {
        return Collections.unmodifiableList(classPath);
    }

    /** It has its name only once it is locked: else another start could take this folder for a dead one's. */
    private void lock() throws IOException {
        goesAtExit(folder);
        Path unnamed = folder.resolve(LOCK + ".new");
        FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        held = channel.lock();
        Files.move(unnamed, goesAtExit(folder.resolve(LOCK)));
    }

    private void unpack(Path archive) throws IOException {
        classPath.add(url(newFolder("classes")));
        newFolder("lib");
        newFolder("webapp");
        // The folder above the page, so that the page is found as webapp/.
        classPath.add(url(folder));
        try (JarFile jar = new JarFile(archive.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                Optional<String> place = entry.isDirectory() ? Optional.empty() : placeOf(entry.getName());
                if (place.isPresent()) {
                    unpack(jar, entry, place.get());
                }
            }
        }
    }

    private void unpack(JarFile jar, JarEntry entry, String place) throws IOException {
        Path to = folder.resolve(place).normalize();
        if (!to.startsWith(folder)) {
            throw new IOException("the archive has an entry outside of itself: " + entry.getName());
        }
        createFolders(to.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, goesAtExit(to));
        }
        if (to.startsWith(folder.resolve("lib"))) {
            classPath.add(url(to));
        }
    }

    /** Empty for what only a container, or the launcher itself, needs. */
    private static Optional<String> placeOf(String entry) {
        Matcher inside = INSIDE.matcher(entry);
        if (inside.matches()) {
            return Optional.of(inside.group(1));
        }
        boolean served = !entry.startsWith("WEB-INF/") && !entry.startsWith("META-INF/") && !entry.endsWith(".class");
        return served ? Optional.of("webapp/" + entry) : Optional.empty();
    }

    private Path newFolder(String name) throws IOException {
        return goesAtExit(Files.createDirectory(folder.resolve(name)));
    }

    private void createFolders(Path path) throws IOException {
        if (!Files.exists(path)) {
            createFolders(path.getParent());
            goesAtExit(Files.createDirectory(path));
        }
    }

    private void removeLeftovers() throws IOException {
        try (Stream<Path> others = Files.list(folder.getParent())) {
            others.filter(other -> other.getFileName().toString().startsWith(PREFIX))
                    .filter(other -> !other.equals(folder))
                    .forEach(Unpacked::removeIfDead);
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A folder without a lock is left alone: it is being made, or it isn't ours. */
    private static void removeIfDead(Path other) {
        if (!Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                delete(other);
            }
        } catch (IOException e) {
            // Another user's, or just gone: the next start tries again.
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /** Not by a shutdown hook, which would run beside those that still load classes: after all of them, in reverse. */
    private static Path goesAtExit(Path path) {
        path.toFile().deleteOnExit();
        return path;
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }
}
