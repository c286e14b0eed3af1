package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Parley;
import dev.parley.testing.Needs;
import dev.parley.testing.RunningJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What undeployed applications leave in a server, beside what was there before. For one thread. */
final class Leftovers {
    private static final int MORE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** In the name of each copy of SQLite's library. */
    private static final String LIBRARY = "sqlitejdbc";
    /** In the name of each folder that Parley unpacks it to. */
    private static final String FOLDER = "parley-sqlite-";

    private final RunningJvm server;
    private final Set<Path> copiesBefore;
    private final long loadersBefore;
    private final int mappedBefore;

    /** Looks at the server, in which the first application may run. */
    Leftovers(RunningJvm server) {
        this.server = server;
        copiesBefore = copies();
        server.collectGarbage();
        loadersBefore = server.loadersOf(Parley.class);
        mappedBefore = mapped(server).size();
    }

    /** No copy of SQLite's library, no thread and at most {@value #MORE} class loaders. */
    void awaitNone() {
        // Other servers of this machine have the same temporary folder, and a copy in it while they start.
        await("no copy of the library is left")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(copies()).isSubsetOf(copiesBefore));
        await("no thread is left")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.threads("parley-")).isEmpty());
        await("few applications are in memory").atMost(PATIENCE).untilAsserted(() -> {
            server.collectGarbage();
            assertThat(server.loadersOf(Parley.class)).isLessThanOrEqualTo(loadersBefore + MORE);
        });
        theLibraryIsMappedByNoOtherApplications();
    }

    private void theLibraryIsMappedByNoOtherApplications() {
        // The JVM unmaps it after the collection, on a thread of its own.
        await("few copies of the library are mapped").atMost(PATIENCE).untilAsserted(() -> {
            server.collectGarbage();
            assertThat(mapped(server)).hasSizeLessThanOrEqualTo(mappedBefore + MORE);
        });
    }

    private static Set<String> mapped(RunningJvm server) {
        Path maps = Path.of("/proc", Long.toString(server.pid()), "maps");
        Needs.that(Files.isReadable(maps), "that SQLite's library of an old application is unmapped", maps.toString());
        Set<String> files = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(maps)) {
                if (line.contains(LIBRARY)) {
                    files.add(line.substring(line.indexOf('/')));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private Set<Path> copies() {
        Set<Path> found = new TreeSet<>();
        Stream.of("java.io.tmpdir", "org.sqlite.tmpdir", "jboss.server.temp.dir")
                .map(server::property)
                .filter(Objects::nonNull)
                .forEach(folder -> addCopies(Path.of(folder), found));
        return found;
    }

    /** In the folder, and in the folders in it. Other programs may remove theirs at the same time. */
    private static void addCopies(Path folder, Set<Path> found) {
        try {
            Files.walkFileTree(folder, Set.of(), 2, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    return visitFile(each, attributes);
                }

                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
                    String name = each.getFileName().toString();
                    if (name.contains(LIBRARY) || name.startsWith(FOLDER)) {
                        found.add(each);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path each, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path each, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
