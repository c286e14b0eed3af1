package dev.parley.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The send queues of the kernel: the bytes of TCP connections that their peers have not received, as Linux shows them in
 * {@code /proc/net/tcp} (proc_pid_net(5)). Java has no other way to see them. A queue can have some MB: a peer that
 * receives 2 KB a second needs minutes for it, and no other sign of progress is visible meanwhile. For one thread.
 *
 * <p>All connections are read together, which takes some milliseconds for thousands, and at most twice a second.
 */
public final class SendQueues {
    private static final Logger LOG = System.getLogger(SendQueues.class.getName());
    private static final long FRESH = Duration.ofMillis(500).toNanos();
    /** Most sockets of Java are in the second table, also those with IPv4 addresses. */
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int QUEUES = 4;
    private static final int HEX = 16;
    private static final int IPV6 = 16;

    private Map<String, Long> queues = Map.of();
    private long since = System.nanoTime() - FRESH;

    /** The number of bytes that the kernel has, and that the peer has not received; 0 if it is not known. */
    long of(TcpConnection tcp) {
        SocketAddresses addresses = tcp.isOpen() ? tcp.addresses() : null;
        if (addresses == null) {
            return 0;
        }
        long now = System.nanoTime();
        if (now - since >= FRESH) {
            queues = read();
            since = now;
        }
        Long found = queues.get(key(addresses, false));
        return found != null ? found : queues.getOrDefault(key(addresses, true), 0L);
    }

    private static Map<String, Long> read() {
        Map<String, Long> all = new HashMap<>();
        for (Path table : TABLES) {
            try (Stream<String> lines = Files.lines(table)) {
                lines.skip(1).forEach(line -> add(line, all));
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.DEBUG, "The send queues of the kernel are not known: no Linux, perhaps", e);
            }
        }
        return all;
    }

    private static void add(String line, Map<String, Long> all) {
        String[] fields = line.trim().split(" +", QUEUES + 2);
        String queue = fields[QUEUES].substring(0, fields[QUEUES].indexOf(':'));
        long bytes = Long.parseLong(queue, HEX);
        if (bytes > 0) {
            all.put(key(fields[LOCAL], fields[REMOTE]), bytes);
        }
    }

    private static String key(SocketAddresses addresses, boolean mapped) {
        return key(hex(addresses.local(), mapped), hex(addresses.remote(), mapped));
    }

    private static String key(String local, String remote) {
        return local + " " + remote;
    }

    /** The address as the kernel writes it: words of 32 bits in the byte order of the machine. */
    private static String hex(InetSocketAddress address, boolean mapped) {
        byte[] bytes = address.getAddress().getAddress();
        if (mapped && address.getAddress() instanceof Inet4Address) {
            bytes = ByteBuffer.allocate(IPV6)
                    .putLong(0)
                    .putInt(0xFFFF)
                    .put(bytes)
                    .array();
        }
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        StringBuilder text = new StringBuilder();
        while (words.hasRemaining()) {
            text.append("%08X".formatted(words.getInt()));
        }
        return text.append(":%04X".formatted(address.getPort())).toString();
    }
}
