package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * WildFly with its full configuration, which has JMS, in a JVM and a folder of its own, beside the server that Arquillian runs.
 * For one thread.
 */
final class WildFlyProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int HTTP = 8080;
    /** Those on which {@code standalone-full.xml} listens or may: IIOP, HTTP and the management, without and with TLS. */
    private static final int[] PORTS = {3528, 3529, HTTP, 8443, 9990, 9993};

    private final Path folder;
    private final int offset = FreePort.offset(PORTS);
    private final Process process;

    /**
     * Starts a server, and returns when all applications are deployed.
     *
     * @param folder an empty one, for all that it writes
     */
    WildFlyProcess(Path folder, List<WebArchive> applications) throws IOException {
        this.folder = folder;
        Path home = Path.of(System.getenv("JBOSS_HOME"));
        copyFiles(home.resolve("standalone/configuration"), folder.resolve("configuration"));
        Path deployments = Files.createDirectory(folder.resolve("deployments"));
        for (WebArchive application : applications) {
            application
                    .as(ZipExporter.class)
                    .exportTo(deployments.resolve(application.getName()).toFile());
        }
        process = start(home);
        try {
            await().atMost(PATIENCE)
                    .until(() -> !process.isAlive()
                            || applications.stream().allMatch(war -> is(war, "deployed") || is(war, "failed")));
            for (WebArchive application : applications) {
                assertThat(is(application, "deployed")).as(log()).isTrue();
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private Process start(Path home) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                "sh",
                home.resolve("bin/standalone.sh").toString(),
                "-c",
                "standalone-full.xml",
                "-b",
                "127.0.0.1",
                "-Djboss.server.base.dir=" + folder,
                "-Djboss.socket.binding.port-offset=" + offset,
                "--yaml=" + Path.of(System.getProperty("server.config"), "wildfly/parley.yml"));
        command.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS",
                        "-Xmx512m -ea:dev.parley... -Djava.awt.headless=true -Djava.io.tmpdir="
                                + Files.createDirectory(folder.resolve("temp"))));
        return command.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
    }

    /** Whether the deployment scanner says so of the application, with a file beside it. */
    private boolean is(WebArchive application, String state) {
        return Files.exists(folder.resolve("deployments/" + application.getName() + "." + state));
    }

    /** @param path such as {@code /shop/chat} */
    URI http(String path) {
        return URI.create("http://127.0.0.1:" + (HTTP + offset) + path);
    }

    /** @param path such as {@code /shop/chat} */
    URI webSocket(String path) {
        return URI.create("ws://127.0.0.1:" + (HTTP + offset) + path);
    }

    /** What the server has printed until now. */
    String log() {
        try {
            return new String(Files.readAllBytes(folder.resolve("printed")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Kills the server; the script that has started it ends then. */
    @Override
    public void close() {
        await().atMost(PATIENCE).until(() -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            return !process.isAlive();
        });
    }
}
