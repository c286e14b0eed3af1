package dev.parley.cli.load;

import java.net.URI;
import java.time.Duration;

/**
 * The load that is put on a server.
 *
 * @param uri the address of the WebSocket, with {@code ws} only
 * @param connections the number of connections, spread evenly over the rooms
 * @param rooms the number of rooms, which are new in each run
 * @param senders the number of connections that send messages. They are the first ones, so that they too are spread
 *     over the rooms
 * @param window closed loop: the number of messages that each sender has in flight; 0 for the open loop
 * @param rate open loop: the messages a second of all senders together, however slow the server is; 0 for the closed
 *     loop
 * @param size the size of each text, in bytes
 * @param warmUp the time under load before the counting begins
 * @param duration the time of the counting
 */
public record LoadPlan(
        URI uri,
        int connections,
        int rooms,
        int senders,
        int window,
        double rate,
        int size,
        Duration warmUp,
        Duration duration) {

    public LoadPlan {
        if (!"ws".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("the URI must be like ws://127.0.0.1:8080/chat");
        }
        require(connections >= 1 && rooms >= 1 && rooms <= connections, "there must be a connection for each room");
        require(
                senders >= 1 && senders <= Math.min(connections, Marker.MAX_SENDERS),
                "senders are 1 to all, at most " + Marker.MAX_SENDERS);
        require(window > 0 != rate > 0, "a load has either a window or a rate");
        require(size >= Marker.BYTES, "a text has " + Marker.BYTES + " bytes at least, for its time stamp");
        require(size <= 60_000, "a text has 60,000 bytes at most");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    int port() {
        return Link.port(uri);
    }

    int roomOf(int connection) {
        return connection % rooms;
    }
}
