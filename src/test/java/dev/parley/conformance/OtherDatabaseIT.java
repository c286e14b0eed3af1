package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.h2.H2Database;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The standalone server with another database under its log: the WAR of this build, and in it the package of that database,
 * its driver, and the class that chooses it. What clients are promised of delivery, resuming and history holds there too.
 */
class OtherDatabaseIT extends Guests
        implements RoomConformance,
                RequestConformance,
                AttachmentConformance,
                ResumeConformance,
                CrowdConformance,
                BrokenLineConformance {
    @TempDir
    private static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException, URISyntaxException {
        server = ServerProcess.start(
                warWithH2(),
                Map.of("parley.heartbeat", "1000", "parley.rate", "500", "parley.data", data().toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Path data() {
        return folder.resolve("data");
    }

    private static Path warWithH2() throws IOException, URISyntaxException {
        Path war = Files.copy(ServerProcess.war(), folder.resolve("parley-h2.war"));
        Path tests = place(H2Database.class);
        Path driver = place(org.h2.Driver.class);
        try (FileSystem archive = FileSystems.newFileSystem(war)) {
            Path classes = archive.getPath("WEB-INF/classes");
            for (String added : List.of("dev/parley/log/h2", "dev/parley/config/H2Choice.class")) {
                try (Stream<Path> files = Files.walk(tests.resolve(added))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Path target = classes.resolve(tests.relativize(file).toString());
                        Files.createDirectories(target.getParent());
                        Files.copy(file, target);
                    }
                }
            }
            Files.copy(
                    driver,
                    archive.getPath("WEB-INF/lib").resolve(driver.getFileName().toString()));
        }
        return war;
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Override
    public URI chat() {
        return server.chat();
    }

    @Override
    public String server() {
        return "standalone";
    }

    @Test
    void theLogIsInTheOtherDatabase() {
        person("ann", room()).says("hi");
        assertThat(data().resolve("parley.mv.db")).isNotEmptyFile();
        assertThat(data().resolve("parley.db")).doesNotExist();
    }
}
