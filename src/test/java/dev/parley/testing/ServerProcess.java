package dev.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A server in a JVM of its own, run as a user runs it: {@code java -jar parley.war}, on a free port of the loopback
 * address. For one thread.
 *
 * <p>The WAR is {@code target/parley.war}, or the one that the system property {@code parley.war} names. The data folder
 * is a new one that goes with the server, unless the settings name one with {@code parley.data}.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern STARTED = Pattern.compile("Parley listens on (\\S+) \\(WebSocket at (\\S+)\\)");

    private final Path folder;
    private final Process process;

    private ServerProcess(Path war, Map<String, String> settings, String... options) {
        try {
            folder = Files.createTempDirectory("parley-test-");
            Files.createDirectory(folder.resolve("tmp"));
            process = new ProcessBuilder(command(war, settings, options))
                    .directory(folder.toFile())
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server that has ended left behind. */
    public record Ended(int exitCode, String standardOutput, String standardError) {}

    /** Starts a server with the defaults and returns when it listens. */
    public static ServerProcess start() {
        return start(Map.of());
    }

    /**
     * Starts a server and returns when it listens.
     *
     * @param settings system properties, such as {@code parley.rate} to {@code 10}
     * @param options of its JVM, such as {@code -Xmx96m}
     * @throws IllegalStateException with all that it printed, when it ends or says nothing for a minute
     */
    public static ServerProcess start(Map<String, String> settings, String... options) {
        return start(war(), settings, options);
    }

    /** Starts a server as {@link #start(Map, String...)} does, of a WAR that isn't the one of this build. */
    public static ServerProcess start(Path war, Map<String, String> settings, String... options) {
        ServerProcess server = new ServerProcess(war, settings, options);
        try {
            Awaitility.await("the server's first line")
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> server.started().find() || !server.process.isAlive());
            if (!server.started().find()) {
                throw new IllegalStateException("the server didn't start: " + server.output());
            }
            return server;
        } catch (RuntimeException e) {
            String output = server.output();
            server.close();
            throw new IllegalStateException(output, e);
        }
    }

    /** Runs a server that is expected to end by itself, because it can't start with these settings. */
    public static Ended failing(Map<String, String> settings) {
        try (ServerProcess server = new ServerProcess(war(), settings)) {
            int code = server.awaitExit();
            return new Ended(code, server.read("out"), server.read("err"));
        }
    }

    /** Where the WebSocket is, such as {@code ws://127.0.0.1:49152/chat}. */
    public URI chat() {
        return URI.create(startLine().group(2));
    }

    /** Where the page is, such as {@code http://127.0.0.1:49152/}. */
    public URI page() {
        return URI.create(startLine().group(1));
    }

    public long pid() {
        return process.pid();
    }

    /** All that the server has printed until now, on both streams. */
    public String output() {
        return read("out") + read("err");
    }

    /** What the server has printed for the person who started it. */
    public String standardOutput() {
        return read("out");
    }

    /** The server's log until now. */
    public String log() {
        return read("err");
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM; the server goes on until it has said good-bye. */
    public void askToEnd() {
        process.destroy();
    }

    /** SIGTERM; returns the exit code when the process is gone. */
    public int terminate() {
        askToEnd();
        return awaitExit();
    }

    /** SIGSTOP: from now on it does nothing at all, and what it had given to the kernel is all there is. */
    public void suspend() {
        Command.run("kill", "-STOP", Long.toString(pid()));
    }

    /** How many bytes of its heap are in use, after a full garbage collection. */
    public long liveHeap() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String histogram = Command.run(jcmd.toString(), Long.toString(pid()), "GC.class_histogram");
        String[] total = histogram.substring(histogram.lastIndexOf("Total")).split("\\s+");
        return Long.parseLong(total[2]);
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The WAR of this build. */
    public static Path war() {
        return Path.of(System.getProperty("parley.war", "target/parley.war"));
    }

    private List<String> command(Path war, Map<String, String> settings, String... options) {
        Map<String, String> properties = new TreeMap<>(settings);
        properties.putIfAbsent("parley.port", "0");
        properties.putIfAbsent("parley.data", folder.resolve("parley-data").toString());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseParallelGC");
        // What the code states of its threads is checked.
        command.add("-ea:dev.parley...");
        // The data are not below it, so that the server does not warn about that.
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.addAll(List.of(options));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-jar");
        command.add(war.toAbsolutePath().toString());
        return command;
    }

    private Matcher started() {
        return STARTED.matcher(read("out"));
    }

    private Matcher startLine() {
        Matcher line = started();
        if (!line.find()) {
            throw new IllegalStateException(output());
        }
        return line;
    }

    private String read(String stream) {
        try {
            // Not readString, which fails on a character that is only half written yet.
            return new String(Files.readAllBytes(folder.resolve(stream)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server didn't end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
