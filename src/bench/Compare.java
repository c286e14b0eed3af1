import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parley beside the servers that people would pick instead, in turn, on this machine, several rounds; prints a table of
 * medians. It needs gcc, Node.js with npm, and the archive:
 *
 * <pre>
 *   mvn -q -DskipTests package
 *   java src/bench/Compare.java [rounds, 3 by default] [seconds of each measurement, 6 by default]
 * </pre>
 *
 * <p>All are measured by {@code wsload.c} over the loopback interface. Only Parley stores what is said (fsynced before
 * it is acknowledged and told); the others pass it on.
 */
public final class Compare {
    private static final Path SOURCES = Path.of("src", "bench");
    private static final Path SCRATCH = Path.of("target", "bench").toAbsolutePath();
    private static final Path WAR = Path.of("target", "parley.war").toAbsolutePath();
    /** Which are measured: a regular expression. */
    private static final String ONLY = System.getProperty("only", ".*");

    private static final String PARLEY = "Parley";
    private static final String FLOOR = "floor in C, a write each";
    private static final String NODE = "Node ws";
    private static final String BUN = "Bun publish";

    private final int rounds;
    private final int seconds;
    /** By shape, then by subject. */
    private final Map<Shape, Map<String, List<Figures>>> figures = new LinkedHashMap<>();

    private Compare(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** What is sent: as many messages in flight for each sender, or so many a second in all. */
    private record Shape(String name, List<String> load, List<String> subjects) {}

    private record Subject(String name, List<String> command, List<String> protocol) {}

    private record Figures(double micros, double deliveries, double sent, double p50, double p99) {}

    private static final List<String> ALL = List.of(FLOOR, "floor in C, coalescing", NODE, BUN, "Socket.IO", PARLEY);
    private static final List<String> WITH_ROOMS = List.of(NODE, BUN, PARLEY);
    private static final Shape LATENCY = new Shape("latency: 200 connections, 1 in flight", load(200, 1, 1, 1), ALL);
    private static final Shape LOAD = new Shape("load: 200 connections, 32 in flight", load(200, 1, 1, 32), ALL);
    private static final Shape SENDERS =
            new Shape("load: 200 connections, 16 senders with 8 in flight", load(200, 1, 16, 8), ALL);
    private static final Shape ROOMS = new Shape(
            "rooms: 1,000 connections in 20 rooms, 20 senders with 8 in flight", load(1_000, 20, 20, 8), WITH_ROOMS);
    private static final Shape HALF =
            new Shape("half of what Node ws can do, open loop, 200 connections", List.of(), WITH_ROOMS);

    private static List<String> load(int connections, int rooms, int senders, int window) {
        return List.of("-n", "" + connections, "-r", "" + rooms, "-m", "" + senders, "-w", "" + window);
    }

    public static void main(String... arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
        new Compare(rounds, seconds).run();
    }

    private void run() throws IOException, InterruptedException {
        prepare();
        for (int round = 1; round <= rounds; round++) {
            for (Subject subject : subjects()) {
                if (!subject.name().matches(ONLY)) {
                    continue;
                }
                System.err.printf("round %d of %d: %s%n", round, rounds, subject.name());
                measure(subject);
            }
        }
        print();
    }

    private static void prepare() throws IOException, InterruptedException {
        Files.createDirectories(SCRATCH);
        for (String source : List.of("wsload", "wslimit")) {
            String binary = SCRATCH.resolve(source).toString();
            execute(
                    List.of(
                            "gcc",
                            "-O2",
                            "-w",
                            "-o",
                            binary,
                            SOURCES.resolve(source + ".c").toString()),
                    new File("."));
        }
        try (Stream<Path> peers = Files.list(SOURCES.resolve("peers"))) {
            for (Path peer : peers.toList()) {
                Files.write(SCRATCH.resolve(peer.getFileName()), Files.readAllBytes(peer));
            }
        }
        if (Files.notExists(SCRATCH.resolve("node_modules"))) {
            Files.writeString(SCRATCH.resolve("package.json"), "{\"private\":true}\n");
            execute(List.of("npm", "install", "--silent", "ws", "socket.io", "bun"), SCRATCH.toFile());
        }
    }

    private static void execute(List<String> command, File folder) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).directory(folder).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("this failed: " + String.join(" ", command));
        }
    }

    private static List<Subject> subjects() {
        String limit = SCRATCH.resolve("wslimit").toString();
        List<String> rooms = List.of("-u", "/%r");
        return List.of(
                new Subject(FLOOR, List.of(limit, "PORT"), List.of()),
                new Subject("floor in C, coalescing", List.of(limit, "PORT", "-c"), List.of()),
                // Before the others: the half of what it can do is what those are to do, too.
                new Subject(NODE, List.of("node", "ws.js", "PORT"), rooms),
                new Subject(
                        BUN, List.of(SCRATCH.resolve("node_modules/.bin/bun").toString(), "bun.js", "PORT"), rooms),
                new Subject(
                        "Socket.IO",
                        List.of("node", "sio.js", "PORT"),
                        List.of(
                                "-u",
                                "/socket.io/?EIO=4&transport=websocket",
                                "-s",
                                "40;;hello",
                                "-x",
                                "42[\"chat\",\"%p\"]",
                                "-k",
                                "2=>3")),
                new Subject(
                        PARLEY,
                        parley(),
                        List.of(
                                "-u",
                                "/chat",
                                "-q",
                                "parley.v1",
                                "-s",
                                "{\"type\":\"join\",\"ref\":1,\"room\":\"room%r\",\"limit\":0};;joined",
                                "-x",
                                "{\"type\":\"say\",\"room\":\"room%r\",\"text\":\"%p\"}")));
    }

    private static List<String> parley() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Dparley.port=PORT",
                "-Dparley.rate=1000000",
                "-Dparley.data=data",
                "-jar",
                WAR.toString());
    }

    private void measure(Subject subject) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = subject.command().stream()
                .map(part -> part.replace("PORT", Integer.toString(port)))
                .toList();
        deleteData();
        Process server = new ProcessBuilder(command)
                .directory(SCRATCH.toFile())
                .redirectErrorStream(true)
                .redirectOutput(SCRATCH.resolve("server.log").toFile())
                .start();
        try {
            await(server, port);
            // Twice, for the JIT compilers: both ways of sending are to be known to them.
            for (Shape warmUp : List.of(LOAD, LATENCY)) {
                wsload(subject, warmUp.load(), port, server.pid());
            }
            for (Shape shape : List.of(LATENCY, LOAD, SENDERS, ROOMS)) {
                measure(subject, shape, shape.load(), port, server.pid());
            }
            double half = median(NODE, LOAD, Figures::sent) / 2;
            measure(subject, HALF, List.of("-n", "200", "-m", "10", "-R", "" + half), port, server.pid());
        } finally {
            server.destroy();
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    private void measure(Subject subject, Shape shape, List<String> load, int port, long pid)
            throws IOException, InterruptedException {
        if (!shape.subjects().contains(subject.name())) {
            return;
        }
        Figures found = wsload(subject, load, port, pid);
        figures.computeIfAbsent(shape, of -> new LinkedHashMap<>())
                .computeIfAbsent(subject.name(), of -> new ArrayList<>())
                .add(found);
        System.err.printf("  %s: %s%n", shape.name(), found);
    }

    private Figures wsload(Subject subject, List<String> load, int port, long pid)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                SCRATCH.resolve("wsload").toString(), "-p", "" + port, "-P", "" + pid, "-W", "4", "-t", "" + seconds));
        command.addAll(load);
        command.addAll(subject.protocol());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(subject.name() + ", " + load + ": " + output);
        }
        return new Figures(
                field(output, "us_per_deliv"),
                field(output, "deliv_s"),
                field(output, "sent_s"),
                field(output, "p50_ms"),
                field(output, "p99_ms"));
    }

    private static double field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(json);
        if (!field.find()) {
            throw new IllegalStateException(json);
        }
        return Double.parseDouble(field.group(1));
    }

    private double median(String subject, Shape shape, ToDoubleFunction<Figures> which) {
        List<Figures> all = figures.getOrDefault(shape, Map.of()).getOrDefault(subject, List.of());
        double[] sorted = all.stream().mapToDouble(which).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }

    private void print() {
        figures.forEach((shape, bySubject) -> {
            System.out.printf(
                    "%n| %s | µs of processor time per delivery | deliveries/s | p50 ms | p99 ms |%n", shape.name());
            System.out.println("|---|---:|---:|---:|---:|");
            for (String subject : bySubject.keySet()) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %.2f | %,.0f | %.2f | %.2f |%n",
                        subject,
                        median(subject, shape, Figures::micros),
                        median(subject, shape, Figures::deliveries),
                        median(subject, shape, Figures::p50),
                        median(subject, shape, Figures::p99));
            }
        });
        System.out.printf("%nRatios of medians, of %d rounds:%n%n| | goal | |%n|---|---:|---:|%n", rounds);
        ratio("load, deliveries/s against Bun", "≥ 1.0", LOAD, BUN, Figures::deliveries);
        ratio("16 senders, deliveries/s against Bun", "", SENDERS, BUN, Figures::deliveries);
        ratio("rooms, deliveries/s against Node ws", "≥ 5", ROOMS, NODE, Figures::deliveries);
        ratio("latency, processor time against the floor", "≤ 1.5", LATENCY, FLOOR, Figures::micros);
        ratio("half load of Node ws, p99 against Node ws", "≤ 1.0", HALF, NODE, Figures::p99);
    }

    private void ratio(String name, String goal, Shape shape, String to, ToDoubleFunction<Figures> which) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f |%n",
                name,
                goal,
                median(PARLEY, shape, which) / median(to, shape, which));
    }

    private static void deleteData() throws IOException {
        Path data = SCRATCH.resolve("data");
        if (Files.exists(data)) {
            try (Stream<Path> files = Files.walk(data)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(Process server, int port) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (!server.isAlive() || System.nanoTime() > until) {
                    throw new IOException("it does not start: " + Files.readString(SCRATCH.resolve("server.log")));
                }
                Thread.sleep(50);
            }
        }
    }
}
