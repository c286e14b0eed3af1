package dev.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on the loopback address which, while it storms, breaks the lines that it carries: see {@link Storm}. At
 * first it is calm, and carries what comes. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;

    private final URI server;
    private final ServerSocket entrance;
    private final Storm storm = new Storm();
    private final Random seeds;
    private final AtomicLong lines = new AtomicLong();
    private final Set<FaultyLine> carried = ConcurrentHashMap.newKeySet();

    private FaultyProxy(URI server, long seed) {
        this.server = server;
        this.seeds = new Random(seed);
        try {
            entrance = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A proxy that listens.
     *
     * @param server where it carries to, such as {@code ws://127.0.0.1:8080/chat}
     * @param seed of its dice; which fault meets which bytes is a matter of timing, too
     */
    public static FaultyProxy to(URI server, long seed) {
        FaultyProxy proxy = new FaultyProxy(server, seed);
        FaultyLine.run("proxy", proxy::accept);
        return proxy;
    }

    /** The server's address, by way of the proxy. */
    public URI address() {
        return URI.create(server.getScheme() + "://127.0.0.1:" + entrance.getLocalPort() + server.getPath());
    }

    /** From now on lines break. */
    public void storm() {
        storm.rage(true);
    }

    /** From now on no line breaks any more; what stalls now may do so to its end, which comes in a few seconds. */
    public void calm() {
        storm.rage(false);
    }

    /** Whether what comes is lost from now on, on all lines, which stay: so dies a network. */
    public void swallow(boolean all) {
        storm.swallow(all);
    }

    /** What it has done until now. */
    public Storm faults() {
        return storm;
    }

    /** How many connections it has carried. */
    public long lines() {
        return lines.get();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                carry(entrance.accept());
            } catch (IOException e) {
                // Closed, or a connection that was gone before it was taken.
            }
        }
    }

    private void carry(Socket client) {
        Socket far = new Socket();
        try {
            far.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
            FaultyLine line = new FaultyLine(client, far, storm, carried::remove);
            carried.add(line);
            lines.incrementAndGet();
            line.start(seeds.nextLong());
        } catch (IOException e) {
            FaultyLine.close(client);
            FaultyLine.close(far);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        carried.forEach(FaultyLine::cut);
    }
}
