package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.h2.H2Database;
import dev.parley.testing.ChangedWar;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                RetentionConformance,
                CrowdConformance,
                BrokenLineConformance {
    @TempDir
    private static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(
                warWithH2(),
                Map.of(
                        "parley.heartbeat",
                        "1000",
                        "parley.rate",
                        "500",
                        "parley.keep",
                        RULES,
                        "parley.data",
                        data().toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Path data() {
        return folder.resolve("data");
    }

    private static Path warWithH2() {
        return ChangedWar.write(
                folder.resolve("parley-h2.war"),
                H2Database.class,
                // Without the tests of the database: the WAR has none of the classes that they extend.
                List.of(
                        "dev/parley/log/h2/H2Database.class",
                        "dev/parley/log/h2/H2Appender.class",
                        "dev/parley/log/h2/H2Appender$Room.class",
                        "dev/parley/app/H2Choice.class"),
                org.h2.Driver.class);
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
