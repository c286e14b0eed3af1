package dev.parley.bench;

import dev.parley.bench.Peers.Server;
import dev.parley.bench.WsLoad.Figures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Parley beside the servers that people would pick instead, in turn, on this machine, several rounds; prints a table of
 * medians. All over the loopback interface. Only Parley stores what is said (fsynced before it is acknowledged and told);
 * the others pass it on.
 *
 * <p>System properties: {@code rounds} (3), {@code seconds} of each measurement (6), {@code turns} at half
 * load (8), and {@code only}, a regular
 * expression for the names of the servers.
 */
final class Compare {
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final int SECONDS = Integer.getInteger("seconds", 6);
    private static final String ONLY = System.getProperty("only", ".*");
    private static final int TURNS = Integer.getInteger("turns", 8);
    private static final int WARM_UP = 4;

    /** By shape, then by server. */
    private final Map<Shape, Map<String, List<Figures>>> figures = new LinkedHashMap<>();

    /** What is sent, and which servers are measured with it. */
    private record Shape(String name, List<String> load, List<String> servers) {}

    /** A server that is up and warm. */
    private record Running(Server server, Process process, int port) {
        void stop() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static final List<String> ALL =
            Peers.all().stream().map(Server::name).toList();
    private static final List<String> WITH_ROOMS = List.of(Peers.NODE, Peers.BUN, Peers.PARLEY);
    private static final Shape LATENCY =
            new Shape("200 connections, 1 message in flight", WsLoad.closed(200, 1, 1, 1), ALL);
    private static final Shape LOAD = new Shape("200 connections, 32 in flight", WsLoad.closed(200, 1, 1, 32), ALL);
    private static final Shape SENDERS =
            new Shape("200 connections, 16 senders with 8 in flight", WsLoad.closed(200, 1, 16, 8), ALL);
    private static final Shape ROOMS = new Shape(
            "1,000 connections in 20 rooms, 20 senders with 8 in flight", WsLoad.closed(1_000, 20, 20, 8), WITH_ROOMS);
    private static final Shape HALF =
            new Shape("200 connections, half of what Node ws can do, open loop", List.of(), WITH_ROOMS);

    public static void main(String... arguments) throws IOException, InterruptedException {
        new Compare().run();
    }

    private void run() throws IOException, InterruptedException {
        Peers.prepare();
        for (int round = 1; round <= ROUNDS; round++) {
            for (Server server : Peers.all()) {
                if (server.name().matches(ONLY)) {
                    System.out.printf("round %d of %d: %s%n", round, ROUNDS, server.name());
                    measure(server);
                }
            }
        }
        takeTurns();
        print();
    }

    private void measure(Server server) throws IOException, InterruptedException {
        Running running = start(server);
        try {
            for (Shape shape : List.of(LATENCY, LOAD, SENDERS, ROOMS)) {
                measure(running, shape, shape.load());
            }
        } finally {
            running.stop();
        }
    }

    /**
     * The half load, with all servers up and each measured in turn, many times: a quarter of an hour of a shared machine
     * differs more from the next one than the servers' tails do from each other.
     */
    private void takeTurns() throws IOException, InterruptedException {
        List<Running> all = new ArrayList<>();
        try {
            for (Server server : Peers.all()) {
                if (server.name().matches(ONLY) && HALF.servers().contains(server.name())) {
                    all.add(start(server));
                }
            }
            List<String> half = WsLoad.open(200, 1, 10, median(Peers.NODE, LOAD, Figures::sent) / 2);
            for (int turn = 0; turn < TURNS; turn++) {
                for (Running running : all) {
                    measure(running, HALF, half);
                }
            }
        } finally {
            for (Running running : all) {
                running.stop();
            }
        }
    }

    private static Running start(Server server) throws IOException, InterruptedException {
        int port = freePort();
        deleteData();
        Process process = new ProcessBuilder(server.command().stream()
                        .map(part -> part.replace("PORT", Integer.toString(port)))
                        .toList())
                .directory(WsLoad.SCRATCH.toFile())
                .redirectErrorStream(true)
                .redirectOutput(WsLoad.SCRATCH.resolve("server.log").toFile())
                .start();
        Running running = new Running(server, process, port);
        try {
            await(process, port);
            // For the JIT compilers: both ways of sending are to be known to them.
            for (Shape warmUp : List.of(LOAD, LATENCY)) {
                WsLoad.run(port, process.pid(), WARM_UP, SECONDS, warmUp.load(), server.protocol());
            }
            return running;
        } catch (IOException | InterruptedException | RuntimeException e) {
            running.stop();
            throw e;
        }
    }

    private void measure(Running running, Shape shape, List<String> load) throws IOException, InterruptedException {
        Server server = running.server();
        if (!shape.servers().contains(server.name())) {
            return;
        }
        Figures found = WsLoad.run(running.port(), running.process().pid(), WARM_UP, SECONDS, load, server.protocol());
        figures.computeIfAbsent(shape, of -> new LinkedHashMap<>())
                .computeIfAbsent(server.name(), of -> new ArrayList<>())
                .add(found);
        System.out.printf("  %s, %s: %s%n", server.name(), shape.name(), found);
    }

    private double median(String server, Shape shape, ToDoubleFunction<Figures> which) {
        double[] sorted = figures.getOrDefault(shape, Map.of()).getOrDefault(server, List.of()).stream()
                .mapToDouble(which)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }

    private void print() {
        figures.forEach((shape, byServer) -> {
            System.out.printf("%n| %s | µs of CPU a delivery | deliveries/s | p50 ms | p99 ms |%n", shape.name());
            System.out.println("|---|---:|---:|---:|---:|");
            for (String server : byServer.keySet()) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %.2f | %,.0f | %.2f | %.2f |%n",
                        server,
                        median(server, shape, Figures::micros),
                        median(server, shape, Figures::deliveries),
                        median(server, shape, Figures::p50),
                        median(server, shape, Figures::p99));
            }
        });
        System.out.printf("%n| Parley: | ratio of medians, %d rounds |%n|---|---:|%n", ROUNDS);
        ratio("32 in flight, deliveries/s to Bun's", LOAD, Peers.BUN, Figures::deliveries);
        ratio("the same, in frames of one length", LOAD, Peers.BUN_LONGER, Figures::deliveries);
        ratio("16 senders, deliveries/s to Bun's", SENDERS, Peers.BUN, Figures::deliveries);
        ratio("the same, in frames of one length", SENDERS, Peers.BUN_LONGER, Figures::deliveries);
        ratio("rooms, deliveries/s to Node ws's", ROOMS, Peers.NODE, Figures::deliveries);
        ratio("1 in flight, CPU a delivery to the floor's", LATENCY, Peers.FLOOR, Figures::micros);
        ratio("half load of Node ws, p99 to Node ws's", HALF, Peers.NODE, Figures::p99);
    }

    private void ratio(String name, Shape shape, String to, ToDoubleFunction<Figures> which) {
        System.out.printf(
                Locale.ROOT, "| %s | %.2f |%n", name, median(Peers.PARLEY, shape, which) / median(to, shape, which));
    }

    private static void deleteData() throws IOException {
        Path data = WsLoad.SCRATCH.resolve("data");
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
                    throw new IOException(
                            "it does not start: " + Files.readString(WsLoad.SCRATCH.resolve("server.log")), notYet);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }
}
