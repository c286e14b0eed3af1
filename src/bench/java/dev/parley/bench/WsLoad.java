package dev.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator {@code wsload.c}: neutral, and cheap enough that the server is what is measured. Immutable. */
final class WsLoad {
    /** The sources of this folder, relative to the base of the source tree. */
    static final Path SOURCES = Path.of("src", "bench");
    /** Where things are built and servers run. */
    static final Path SCRATCH = Path.of("target", "bench").toAbsolutePath();

    /** To speak to Parley, each connection in the room that falls to it. */
    static final List<String> PARLEY = parley("");

    private WsLoad() {}

    /**
     * What came of a run.
     *
     * @param micros of the server's processor time for one delivery
     * @param deliveries a second
     * @param sent messages a second
     * @param connecting seconds until all connections were ready
     */
    record Figures(double micros, double deliveries, double sent, double p50, double p99, double connecting) {
        private static Figures of(String json) {
            return new Figures(
                    field(json, "us_per_deliv"),
                    field(json, "deliv_s"),
                    field(json, "sent_s"),
                    field(json, "p50_ms"),
                    field(json, "p99_ms"),
                    field(json, "connect_s"));
        }

        private static double field(String json, String name) {
            Matcher field = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(json);
            if (!field.find()) {
                throw new IllegalStateException(json);
            }
            return Double.parseDouble(field.group(1));
        }
    }

    /** @param join more fields of the join, each with a comma before it */
    static List<String> parley(String join) {
        return List.of(
                "-u",
                "/chat",
                "-q",
                "parley.v2",
                "-s",
                "{\"type\":\"join\",\"ref\":1,\"room\":\"room%r\"" + join + "};;joined",
                "-x",
                "{\"type\":\"say\",\"room\":\"room%r\",\"text\":\"%p\"}");
    }

    /** Builds one of the C programs of this folder; it is then found in the scratch folder. */
    static Path build(String program) throws IOException, InterruptedException {
        Files.createDirectories(SCRATCH);
        Path binary = SCRATCH.resolve(program);
        execute(List.of(
                "gcc",
                "-O2",
                "-w",
                "-o",
                binary.toString(),
                SOURCES.resolve(program + ".c").toString()));
        return binary;
    }

    static void execute(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("this failed: " + String.join(" ", command));
        }
    }

    /** Connections in rooms, of which some keep so many messages in flight each. */
    static List<String> closed(int connections, int rooms, int senders, int window) {
        return List.of("-n", "" + connections, "-r", "" + rooms, "-m", "" + senders, "-w", "" + window);
    }

    /** The same, with so many messages a second in all, whatever comes back. */
    static List<String> open(int connections, int rooms, int senders, double rate) {
        return List.of("-n", "" + connections, "-r", "" + rooms, "-m", "" + senders, "-R", "" + rate);
    }

    /** Puts a load on a server of this machine, and waits for its end. */
    static Figures run(int port, long pid, int warmUp, int seconds, List<String> load, List<String> protocol)
            throws IOException, InterruptedException {
        return end(start(port, pid, warmUp, seconds, load, protocol));
    }

    /** The same in the background. */
    static Process start(int port, long pid, int warmUp, int seconds, List<String> load, List<String> protocol)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                SCRATCH.resolve("wsload").toString(),
                "-p",
                "" + port,
                "-P",
                "" + pid,
                "-W",
                "" + warmUp,
                "-t",
                "" + seconds));
        command.addAll(load);
        command.addAll(protocol);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static Figures end(Process load) throws IOException, InterruptedException {
        String output = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (load.waitFor() != 0) {
            throw new UncheckedIOException(
                    new IOException(load.info().commandLine().orElse("wsload") + ": " + output));
        }
        return Figures.of(output);
    }
}
