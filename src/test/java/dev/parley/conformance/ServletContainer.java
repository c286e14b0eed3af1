package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.FreePort;
import dev.parley.testing.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A servlet container as its makers hand it out, with the WAR at its root, in a JVM of its own. For one thread. */
final class ServletContainer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final int port = FreePort.find();
    private final Process process;

    enum Kind {
        TOMCAT_10,
        TOMCAT_11,
        JETTY_EE10
    }

    /**
     * Starts a container, and returns when it listens: it has tried to deploy the WAR before.
     *
     * @param folder an empty one, for all that it writes
     */
    ServletContainer(Kind kind, Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("webapps"));
        Files.copy(ServerProcess.war(), folder.resolve("webapps/ROOT.war"));
        List<String> command = switch (kind) {
            case TOMCAT_10 -> tomcat(home("tomcat10"));
            case TOMCAT_11 -> tomcat(home("tomcat11"));
            case JETTY_EE10 -> jetty(home("jetty"));
        };
        process = start(command);
        try {
            await().atMost(PATIENCE).until(() -> listens() || !process.isAlive());
            assertThat(process.isAlive()).as(log()).isTrue();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static Path home(String name) {
        return Path.of(System.getProperty("servers." + name));
    }

    private List<String> tomcat(Path home) throws IOException {
        Path configuration = Files.createDirectory(folder.resolve("conf"));
        Files.copy(home.resolve("conf/web.xml"), configuration.resolve("web.xml"));
        Files.copy(
                Path.of(System.getProperty("server.config"), "tomcat/server.xml"), configuration.resolve("server.xml"));
        return List.of(
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + folder,
                "-Dhttp.port=" + port,
                "-cp",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }

    private List<String> jetty(Path home) throws IOException, InterruptedException {
        String jar = home.resolve("start.jar").toString();
        Process setUp =
                start(List.of("-jar", jar, "--add-modules=http,ee10-deploy,ee10-annotations,ee10-websocket-jakarta"));
        assertThat(setUp.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return List.of("-jar", jar, "jetty.http.host=127.0.0.1", "jetty.http.port=" + port);
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("temp")));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    URI chat() {
        return URI.create("ws://127.0.0.1:" + port + "/chat");
    }

    /** What the container has printed until now. */
    String log() {
        try {
            return new String(Files.readAllBytes(folder.resolve("log")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
