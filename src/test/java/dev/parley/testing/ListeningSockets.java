package dev.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP sockets at which a process listens, as Linux shows them (proc_pid_fd(5), proc_pid_net(5)). Stateless. */
public final class ListeningSockets {
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTEN = "0A";

    private ListeningSockets() {}

    /** Their addresses, without the ports. */
    public static Set<InetAddress> addresses(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            Set<String> sockets = sockets(process.resolve("fd"));
            Set<InetAddress> addresses = new HashSet<>();
            for (String table : new String[] {"tcp", "tcp6"}) {
                for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
                    String[] fields = line.trim().split(" +");
                    if (fields[STATE].equals(LISTEN) && sockets.contains("socket:[" + fields[INODE] + "]")) {
                        addresses.add(address(fields[LOCAL].split(":")[0]));
                    }
                }
            }
            return addresses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path each : all.toList()) {
                try {
                    sockets.add(Files.readSymbolicLink(each).toString());
                } catch (IOException closedMeanwhile) {
                    // It is none that listens.
                }
            }
        }
        return sockets;
    }

    /** @param hex words of 32 bits in the byte order of the machine */
    private static InetAddress address(String hex) throws IOException {
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.nativeOrder());
        ByteBuffer address = ByteBuffer.allocate(words.remaining());
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        return InetAddress.getByAddress(address.array());
    }
}
