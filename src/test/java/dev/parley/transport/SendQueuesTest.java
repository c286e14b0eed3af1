package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class SendQueuesTest {
    private static final int PART = 4_096;

    private record Socket(Channel channel) implements TcpConnection {
        @Override
        public SocketAddresses addresses() {
            return SocketAddresses.of(channel);
        }

        @Override
        public boolean isOpen() {
            return channel == null || channel.isOpen();
        }

        @Override
        public void cut() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long unsent() {
            return 0;
        }
    }

    /** The loopback address: of IPv4 in sockets of both kinds, and of IPv6 in one. */
    private static final List<StandardProtocolFamily> KINDS =
            List.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6, StandardProtocolFamily.INET6);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void bytesAreCountedUntilThePeerReceivesThem(int kind) throws IOException {
        InetAddress loopback = InetAddress.getByName(kind < 2 ? "127.0.0.1" : "::1");
        try (ServerSocketChannel listening =
                        ServerSocketChannel.open(KINDS.get(kind)).bind(new InetSocketAddress(loopback, 0));
                SocketChannel peer = SocketChannel.open(listening.getLocalAddress());
                SocketChannel channel = listening.accept()) {
            SendQueues kernel = new SendQueues();
            Socket socket = new Socket(channel);
            assertThat(kernel.of(socket)).isZero();

            channel.configureBlocking(false);
            long written = 0;
            for (int count = 1; count > 0; written += count) {
                count = channel.write(ByteBuffer.allocate(PART));
            }
            long all = written;
            await().untilAsserted(() -> assertThat(kernel.of(socket)).isBetween(1L, all));

            for (ByteBuffer part = ByteBuffer.allocate(PART); written > 0; part.clear()) {
                written -= peer.read(part);
            }
            await().untilAsserted(() -> assertThat(kernel.of(socket)).isZero());
        }
    }

    @Test
    void aClosedSocketHasNoBytes() throws IOException {
        SocketChannel closed = SocketChannel.open();
        closed.close();
        assertThat(new SendQueues().of(new Socket(closed))).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChannelThatIsNoSocketHasNoBytes(boolean none) throws IOException {
        try (ServerSocketChannel noConnection = ServerSocketChannel.open()) {
            assertThat(new SendQueues().of(new Socket(none ? null : noConnection)))
                    .isZero();
        }
    }
}
