package dev.parley.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Finds a port for a server that goes away and comes back. */
public final class FreePort {
    private static final int FIRST = 22_000;
    /** Below those that the kernel gives to clients: one that tries to connect could take the port, and meet itself. */
    private static final int END = 32_000;

    private FreePort() {}

    /** A port of the loopback address on which nobody listens now. */
    public static int find() {
        Random dice = new Random();
        while (true) {
            int port = dice.nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
    }
}
