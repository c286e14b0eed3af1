package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parley and the servers that people would pick instead, each as small as it can be; the sources are in the folder {@code peers}. Only
 * Parley stores what is said. Stateless.
 */
final class Peers {
    static final String PARLEY = "Parley";
    static final String FLOOR = "floor in C, a write each";
    static final String NODE = "Node ws";
    static final String BUN = "Bun publish";
    static final String BUN_LONGER = "Bun publish, frames as long as Parley's";
    /** So long is an entry with a text of 200 bytes. */
    private static final int ENTRY_BYTES = 306;

    private static final List<String> MAVEN = List.of("cometd", "spring", "atmosphere");

    /** @param protocol how {@code wsload} speaks to it */
    record Server(String name, List<String> command, List<String> protocol) {}

    private Peers() {}

    /** Builds all of them in the scratch folder. */
    static void prepare() throws IOException, InterruptedException {
        WsLoad.build("wsload");
        WsLoad.build("wslimit");
        copy(WsLoad.SOURCES.resolve("peers"), WsLoad.SCRATCH);
        for (String peer : MAVEN) {
            String pom = WsLoad.SCRATCH.resolve(peer).resolve("pom.xml").toString();
            WsLoad.execute(List.of("mvn", "-q", "-f", pom, "package"));
        }
        if (Files.notExists(WsLoad.SCRATCH.resolve("node_modules"))) {
            Files.writeString(WsLoad.SCRATCH.resolve("package.json"), "{\"private\":true}\n");
            String folder = WsLoad.SCRATCH.toString();
            WsLoad.execute(List.of("npm", "--prefix", folder, "install", "--silent", "ws", "socket.io", "bun"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.write(copy, Files.readAllBytes(file));
            }
        }
    }

    static List<Server> all() {
        String limit = WsLoad.SCRATCH.resolve("wslimit").toString();
        List<String> bun =
                List.of(WsLoad.SCRATCH.resolve("node_modules/.bin/bun").toString(), "bun.js", "PORT");
        List<String> room = List.of("-u", "/%r");
        return List.of(
                new Server(FLOOR, List.of(limit, "PORT"), List.of()),
                new Server("floor in C, coalescing", List.of(limit, "PORT", "-c"), List.of()),
                new Server(NODE, List.of("node", "ws.js", "PORT"), room),
                new Server(BUN, bun, room),
                new Server(BUN_LONGER, bun, List.of("-u", "/%r", "-b", "" + ENTRY_BYTES)),
                new Server("Socket.IO", List.of("node", "sio.js", "PORT"), socketIo()),
                new Server("CometD 9", java("cometd", "CometdPeer"), cometd()),
                new Server("Spring's STOMP broker", java("spring", "peer.SpringPeer"), stomp()),
                new Server("Atmosphere 3", java("atmosphere", "AtmospherePeer"), atmosphere()),
                new Server(PARLEY, parley(), WsLoad.parley(",\"limit\":0")));
    }

    private static List<String> socketIo() {
        return List.of(
                "-u",
                "/socket.io/?EIO=4&transport=websocket",
                "-s",
                "40;;hello",
                "-x",
                "42[\"chat\",\"%p\"]",
                "-k",
                "2=>3");
    }

    private static List<String> cometd() {
        return List.of(
                "-u",
                "/cometd",
                "-s",
                "[{\"channel\":\"/meta/handshake\",\"version\":\"1.0\",\"supportedConnectionTypes\":[\"websocket\"]}];;clientId",
                "-s",
                "[{\"channel\":\"/meta/subscribe\",\"clientId\":\"%c\",\"subscription\":\"/room%r\"}];;successful",
                "-s",
                "[{\"channel\":\"/meta/connect\",\"clientId\":\"%c\",\"connectionType\":\"websocket\"}]",
                "-x",
                "[{\"channel\":\"/room%r\",\"clientId\":\"%c\",\"id\":\"%i\",\"data\":\"%p\"}]");
    }

    private static List<String> stomp() {
        return List.of(
                "-u",
                "/ws",
                "-s",
                "CONNECT\naccept-version:1.2\nhost:localhost\n\n%0;;CONNECTED",
                "-s",
                "SUBSCRIBE\nid:0\ndestination:/topic/room%r\n\n%0",
                "-x",
                "SEND\ndestination:/topic/room%r\n\n%p%0");
    }

    /** Atmosphere passes no text on that begins with an at sign. */
    private static List<String> atmosphere() {
        return List.of("-u", "/chat?X-Atmosphere-Transport=websocket", "-x", "say %p");
    }

    private static List<String> java(String folder, String main) {
        return List.of(
                java(),
                "-XX:+UseParallelGC",
                "-cp",
                folder + "/target/classes:" + folder + "/target/lib/*",
                main,
                "PORT");
    }

    private static List<String> parley() {
        return List.of(
                java(),
                "-XX:+UseParallelGC",
                "-Dparley.port=PORT",
                "-Dparley.rate=1000000",
                "-Dparley.data=data",
                "-jar",
                Path.of("target", "parley.war").toAbsolutePath().toString());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
