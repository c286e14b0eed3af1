package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Parley;
import dev.parley.testing.Messages;
import dev.parley.testing.Needs;
import dev.parley.testing.Person;
import dev.parley.testing.RunningJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * The WAR redeployed many times: the log stays, and of the old applications nothing does.
 *
 * <p>Some class loaders stay, whatever an application does, and their number does not grow. Two stood in each heap dump
 * on Java 17.0.15: the JVM itself holds one application whose records were compared ({@code
 * java.lang.runtime.ObjectMethods.OBJECT_EQ}, {@code asTypeCache}), and a thread of the server's pool holds one: on WildFly
 * 39.0.1 as its context class loader ({@code default task-3}), on Payara 6.2025.9 in the access control context of a {@code
 * ManagedThread}. Each has its copy of SQLite's library mapped. Applications of other tests may stand there before.
 */
@ArquillianTest
@RunAsClient
class RedeployContainerIT {
    private static final String DEPLOYMENT = "parley";
    private static final int TIMES = 10;
    private static final int MORE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** In the name of each copy of SQLite's library. */
    private static final String LIBRARY = "sqlitejdbc";
    /** In the name of each folder that Parley unpacks it to. */
    private static final String FOLDER = "parley-sqlite-";

    @ArquillianResource
    private Deployer deployer;

    private RunningJvm server;
    private Set<Path> copiesBefore;
    private long loadersBefore;
    private int mappedBefore;

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    static WebArchive war() {
        return Container.war();
    }

    /** Payara's process is not found before the first deployment. */
    private void lookAtTheServer() {
        server = RunningJvm.of(
                Path.of(System.getenv(Container.name().equals("wildfly") ? "JBOSS_HOME" : "PAYARA_HOME")));
        copiesBefore = copies();
        server.collectGarbage();
        loadersBefore = server.loadersOf(Parley.class);
        mappedBefore = mapped(server).size();
    }

    @Test
    void theLogStaysAndOfTheOldApplicationsNothingDoes() {
        String room = "room-" + UUID.randomUUID();
        List<String> texts = new ArrayList<>();
        for (int time = 1; time <= TIMES; time++) {
            deployer.deploy(DEPLOYMENT);
            if (time == 1) {
                lookAtTheServer();
            }
            Person ann = Person.at(Container.chat(), Map.of("name", "ann"));
            try (ann) {
                assertThat(Messages.texts(Messages.entries(ann.joins(room)))).isEqualTo(texts);
                texts.addAll(talk(ann, room, time));
            } finally {
                deployer.undeploy(DEPLOYMENT);
            }
        }

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

    /** What ends such an application is what ran nothing before: Payara loads no class any more when it is destroyed. */
    @Test
    void whatNobodyConnectedToEndsTooAndTheNextOneStarts() {
        deployer.deploy(DEPLOYMENT);
        deployer.undeploy(DEPLOYMENT);

        deployer.deploy(DEPLOYMENT);
        try (Person ann = Person.at(Container.chat(), Map.of("name", "ann"))) {
            ann.joins("room-" + UUID.randomUUID());
        } finally {
            deployer.undeploy(DEPLOYMENT);
        }
    }

    /** The greeter answers, so that the application's own threads have run too. */
    private static List<String> talk(Person ann, String room, int time) {
        String news = "deployment " + time;
        ann.says(room, news);
        ann.says(room, "Hello, Server!");
        ann.hears("Hello, Client!");
        return List.of(news, "Hello, Server!", "Hello, Client!");
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
