package dev.parley.bench;

import dev.parley.bench.WsLoad.Figures;
import dev.parley.testing.Frame;
import dev.parley.testing.Heap;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How Parley takes numbers: connections that say nothing, one large room, very many rooms, everyone back at once after a
 * crash, and how soon it is there. Prints a line for each. It needs 11,000 open files for each process.
 */
final class Size {
    private static final String COLLECTOR = "-XX:+UseParallelGC";
    private static final String ANY_RATE = "1000000";
    private static final int MANY = 10_000;
    private static final int ROOMS = 100;
    private static final int KNOWN_ROOMS = 100_000;
    private static final int IN_A_FRAME = 300;
    /** What the heap may still shrink by, in bytes, when it counts as settled. */
    private static final int SETTLED = 256 << 10;

    private static final int STARTS = 5;

    private Size() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        WsLoad.build("wsload");
        starts();
        idleConnections();
        largeRoom();
        manyRooms();
        everyoneReturns();
    }

    private static void tell(String sentence, Object... figures) {
        System.out.printf(sentence + "%n", figures);
    }

    private static int port(ServerProcess server) {
        return server.chat().getPort();
    }

    private static ServerProcess start() {
        return ServerProcess.start(Map.of("parley.rate", ANY_RATE, "parley.quota.rooms.made", ANY_RATE), COLLECTOR);
    }

    private static void starts() {
        long[] millis = IntStream.range(0, STARTS)
                .mapToLong(i -> {
                    long begun = System.nanoTime();
                    ServerProcess server = start();
                    long taken = System.nanoTime() - begun;
                    server.close();
                    return TimeUnit.NANOSECONDS.toMillis(taken);
                })
                .sorted()
                .toArray();
        tell("start, until it says that it listens: median %d ms of %d", millis[STARTS / 2], STARTS);
    }

    private static void idleConnections() throws IOException, InterruptedException {
        try (ServerProcess server = start()) {
            long before = Heap.of(server.pid()).bytes();
            Process load =
                    WsLoad.start(port(server), server.pid(), 1, 30, WsLoad.open(MANY, ROOMS, 1, 0.0001), WsLoad.PARLEY);
            Heap full = awaitConnections(server);
            tell("heap of an idle connection in a room: %d bytes", (full.bytes() - before) / MANY);
            load.destroy();
        }
    }

    private static Heap awaitConnections(ServerProcess server) throws InterruptedException {
        while (true) {
            // What the handshakes left is to be gone, too.
            TimeUnit.SECONDS.sleep(5);
            Heap heap = Heap.of(server.pid());
            if (heap.count("dev.parley.room.Membership") >= MANY) {
                TimeUnit.SECONDS.sleep(2);
                return Heap.of(server.pid());
            }
        }
    }

    private static void largeRoom() throws IOException, InterruptedException {
        try (ServerProcess server = start()) {
            Figures slow = WsLoad.run(
                    port(server), server.pid(), 5, 10, WsLoad.open(MANY, 1, 10, 5), WsLoad.parley(",\"limit\":0"));
            tell(
                    "a room of %,d, 5 messages/s: p50 %.1f ms, p99 %.1f ms, joined within %.1f s",
                    MANY, slow.p50(), slow.p99(), slow.connecting());
            Figures fast = WsLoad.run(
                    port(server), server.pid(), 5, 10, WsLoad.closed(MANY, 1, 10, 8), WsLoad.parley(",\"limit\":0"));
            tell("the same, 10 senders with 8 in flight: %,.0f deliveries/s", fast.deliveries());
        }
    }

    private static void manyRooms() throws InterruptedException {
        try (ServerProcess server = start()) {
            long before = Heap.of(server.pid()).bytes();
            try (RawClient visitor = RawClient.open(server.chat())) {
                for (int room = 0; room < KNOWN_ROOMS; room += IN_A_FRAME) {
                    visit(visitor, room, Math.min(KNOWN_ROOMS, room + IN_A_FRAME));
                }
                long known = settledHeap(server);
                for (int room = 0; room < 1_000; room += IN_A_FRAME) {
                    visitor.send(IntStream.range(room, Math.min(1_000, room + IN_A_FRAME))
                            .mapToObj(i -> "{\"type\":\"join\",\"ref\":1,\"limit\":0,\"room\":\"r" + i + "\"}")
                            .collect(Collectors.joining(",", "[", "]")));
                }
                await(visitor, "\"joined\"", 1_000);
                long live = settledHeap(server);
                tell(
                        "%,d rooms known: %,d KB more heap; 1,000 of them live: %,d KB more than that",
                        KNOWN_ROOMS, (known - before) >> 10, (live - known) >> 10);
            }
        }
    }

    /** The observers of entries hear of them later, and until then something is remembered of each room. */
    private static long settledHeap(ServerProcess server) throws InterruptedException {
        long before = Long.MAX_VALUE;
        long now = Heap.of(server.pid()).bytes();
        while (before - now > SETTLED) {
            TimeUnit.SECONDS.sleep(3);
            before = now;
            now = Heap.of(server.pid()).bytes();
        }
        return now;
    }

    private static void visit(RawClient visitor, int from, int to) {
        visitor.send(IntStream.range(from, to)
                .mapToObj(i -> ("{'type':'join','ref':1,'limit':0,'room':'r" + i + "'},{'type':'say','text':'hi'},"
                                + "{'type':'leave','ref':2,'room':'r" + i + "'}")
                        .replace('\'', '"'))
                .collect(Collectors.joining(",", "[", "]")));
        await(visitor, "\"left\"", to - from);
    }

    private static void await(RawClient client, String answer, int times) {
        for (int heard = 0; heard < times; ) {
            String text = client.readMessage().map(Frame::text).orElseThrow();
            heard += text.split(answer, -1).length - 1;
        }
    }

    private static void everyoneReturns() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("parley-return");
        Map<String, String> settings = Map.of("parley.rate", ANY_RATE, "parley.data", data.toString());
        ServerProcess first = ServerProcess.start(settings, COLLECTOR);
        try (first) {
            WsLoad.run(port(first), first.pid(), 0, 10, WsLoad.open(ROOMS, ROOMS, ROOMS, 1_000), WsLoad.PARLEY);
            first.kill();
        }
        try (ServerProcess again = ServerProcess.start(settings, COLLECTOR)) {
            Figures back = WsLoad.run(
                    port(again), again.pid(), 1, 1, WsLoad.open(MANY, ROOMS, 1, 1), WsLoad.parley(",\"since\":50"));
            tell(
                    "%,d clients back after a crash, in %d rooms, each told some 50 entries: all within %.1f s",
                    MANY, ROOMS, back.connecting());
        }
    }
}
