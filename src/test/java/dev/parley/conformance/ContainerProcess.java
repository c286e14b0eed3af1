package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.FreePort;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A server as its makers hand it out, with a WAR at its root, in a JVM of its own. For one thread. */
final class ContainerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final Map<String, String> settings;
    private final int port = FreePort.find();
    private final Process process;

    enum Server {
        TOMCAT_10,
        TOMCAT_11,
        JETTY_EE10
    }

    /** Starts a server with the archive for it. */
    ContainerProcess(Server server, Map<String, String> settings, Path folder)
            throws IOException, InterruptedException {
        this(server, Path.of("target/parley-servlet.war"), settings, folder);
    }

    /**
     * Starts a server, and returns when it listens: it has tried to deploy the WAR before.
     *
     * @param war to be deployed
     * @param settings system properties, such as {@code parley.rate} to {@code 10}
     * @param folder an empty one, for all that it writes
     */
    ContainerProcess(Server server, Path war, Map<String, String> settings, Path folder)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.settings = new TreeMap<>(settings);
        Files.createDirectories(folder.resolve("webapps"));
        Files.copy(war, folder.resolve("webapps/ROOT.war"));
        List<String> command = switch (server) {
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

    private static Path configuration(String file) {
        return Path.of(System.getProperty("server.config"), file);
    }

    private List<String> tomcat(Path home) throws IOException {
        Path conf = Files.createDirectory(folder.resolve("conf"));
        Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
        Files.copy(configuration("tomcat/server.xml"), conf.resolve("server.xml"));
        return List.of(
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + folder,
                "-Dhttp.port=" + port,
                "-cp",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }

    private List<String> jetty(Path home) throws IOException {
        Files.copy(
                configuration("jetty/parley.ini"),
                Files.createDirectory(folder.resolve("start.d")).resolve("parley.ini"));
        return List.of("-jar", home.resolve("start.jar").toString(), "jetty.base=" + folder, "jetty.http.port=" + port);
    }

    /** It starts elsewhere than in its folder: data that lie where it was started would be found in no test. */
    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-ea:dev.parley...");
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("temp")));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(Files.createDirectory(folder.resolve("started-here")).toFile())
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
