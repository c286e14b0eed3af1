package dev.parley.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/** Finds a port for a server that goes away and comes back. */
public final class FreePort {
    private static final int FIRST = 22_000;
    /** Below those that the kernel gives to clients: one that tries to connect could take the port, and meet itself. */
    private static final int END = 32_000;

    private FreePort() {}

    /** A port of the loopback address on which nobody listens now. */
    public static int find() {
        return offset(0);
    }

    /** What to add to each of these ports, so that nobody listens on any of the sums now. The highest is as {@link #find} says. */
    public static int offset(int... ports) {
        int highest = IntStream.of(ports).max().orElseThrow();
        return new Random()
                .ints(FIRST - highest, END - highest)
                .filter(offset -> IntStream.of(ports).allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
