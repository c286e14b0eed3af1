package dev.parley.testing.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.FreePort;
import dev.parley.testing.RawHttp;
import dev.parley.testing.RunningJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A server as its makers hand it out, with a WAR at its root, in a JVM of its own. It can be stopped and started again, on the same
 * port. For one thread.
 */
public final class ContainerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int UPGRADE_REQUIRED = 426;
    private static final int NOT_FOUND = 404;

    private final Distribution server;
    private final Path folder;
    private final Path war;
    private final Path printed;
    /** The file that the server logs to; the same as what it prints, where it has none. */
    private final Path log;

    private final int port = FreePort.find();
    private final List<String> command;

    private Process process;

    /** The server with the archive for it. It is not started. */
    public ContainerProcess(Distribution server, Map<String, String> settings, Path folder) throws IOException {
        this(server, server.archive(), settings, folder);
    }

    /**
     * A server that is not started.
     *
     * @param war to be deployed
     * @param settings system properties, such as {@code parley.rate} to {@code 10}
     * @param folder an empty one, for all that it writes
     */
    public ContainerProcess(Distribution server, Path war, Map<String, String> settings, Path folder)
            throws IOException {
        this.server = server;
        this.folder = folder;
        this.war = war;
        printed = folder.resolve("log");
        log = server.logFile().map(folder::resolve).orElse(printed);
        command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-ea:dev.parley...");
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("temp")));
        new TreeMap<>(settings).forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(server.configure(folder, war, port));
    }

    /**
     * Starts it, and returns when the application is deployed, or was tried.
     *
     * @throws AssertionError with all that it printed, when it ends or is not ready in 90 s
     */
    public void start() throws IOException {
        Files.deleteIfExists(log);
        // It starts elsewhere than in its folder: data that lie where it was started would be found in no test.
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(startedIn()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(printed.toFile()));
        builder.environment().putAll(server.environment(folder));
        process = builder.start();
        // GlassFish reads passwords until the end of its input.
        process.getOutputStream().close();
        try {
            await().atMost(PATIENCE).until(() -> server.isReady(log()) || !process.isAlive());
            assertThat(process.isAlive()).as(log()).isTrue();
            if (server.answersLater()) {
                awaitStatus(UPGRADE_REQUIRED);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw new AssertionError(log(), e);
        }
    }

    /** Deploys the archive again, while the server runs; returns when {@code /chat} is there. */
    public void deploy() {
        change(
                () -> {
                    // Whole at once: the server may look at any time.
                    Path copy = Files.copy(war, folder.resolve("copy.war"));
                    Files.move(copy, folder.resolve(server.deployed()), StandardCopyOption.ATOMIC_MOVE);
                },
                UPGRADE_REQUIRED);
    }

    /** Undeploys the archive, while the server runs; returns when nothing is at {@code /chat}. */
    public void undeploy() {
        change(() -> Files.delete(folder.resolve(server.deployed())), NOT_FOUND);
    }

    private interface Change {
        void make() throws IOException;
    }

    private void change(Change change, int status) {
        try {
            change.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            awaitStatus(status);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(log(), e);
        }
    }

    private void awaitStatus(int status) {
        await().atMost(PATIENCE).until(() -> RawHttp.get(chat()).status() == status);
    }

    /** The process of the server. */
    public RunningJvm jvm() {
        return new RunningJvm(process.pid());
    }

    /** SIGTERM; returns when the process is gone. */
    public void terminate() {
        process.destroy();
        awaitEnd();
    }

    public URI chat() {
        return URI.create("ws://127.0.0.1:" + port + "/chat");
    }

    /** Where the page is, such as {@code http://127.0.0.1:8080/}. */
    public URI page() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The folder in which it is started. */
    public Path startedIn() {
        return folder.resolve("started-here");
    }

    /** What the server has logged since its last start; or what it has printed, while it logs nothing. */
    public String log() {
        try {
            return new String(Files.readAllBytes(Files.exists(log) ? log : printed), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            awaitEnd();
        }
    }

    private void awaitEnd() {
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
