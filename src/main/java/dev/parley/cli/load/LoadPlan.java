package dev.parley.cli.load;

import java.net.URI;
import java.time.Duration;

/**
 * What load is put on a server.
 *
 * @param uri of the WebSocket, {@code ws} only
 * @param connections how many there are, spread evenly over the rooms
 * @param rooms how many rooms, made anew for each run
 * @param senders how many of the connections speak, the first ones, so that they too are spread over the rooms
 * @param window closed loop: how many messages each sender has under way at a time; 0 for the open loop
 * @param rate open loop: how many messages are said a second in all, whatever comes back; 0 for the closed loop
 * @param size of each text, in bytes
 * @param warmUp how long load is put on before anything is counted
 * @param duration how long is counted
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
            throw new IllegalArgumentException("the URI must be such as ws://127.0.0.1:8080/chat");
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
        return uri.getPort() < 0 ? 80 : uri.getPort();
    }

    int roomOf(int connection) {
        return connection % rooms;
    }
}
