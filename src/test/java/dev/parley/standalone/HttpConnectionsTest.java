package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.admission.Proxies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over real connections to a server that takes whatever comes for a request, and for the name of its client. */
class HttpConnectionsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String PROXY = "127.0.0.9";

    private final List<Socket> sockets = new ArrayList<>();
    private TCPNIOTransport transport;
    private TCPNIOServerConnection server;
    private HttpConnections connections;

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        transport.shutdownNow();
        connections.close();
    }

    @Test
    void whoSendsNoRequestInTimeIsClosed() throws IOException {
        start(100, Duration.ofMillis(600), LONG);
        Socket silent = connect();
        Socket asking = connect();
        asking.getOutputStream().write('x');

        await().until(() -> isClosed(silent));
        assertThat(isClosed(asking)).isFalse();
    }

    @Test
    void whoseAnswerIsNotReadInTimeIsClosed() throws IOException {
        start(100, LONG, Duration.ofMillis(600));
        Socket silent = connect();
        Socket asking = connect();
        asking.getOutputStream().write('x');

        await().until(() -> isClosed(asking));
        assertThat(isClosed(silent)).isFalse();
    }

    @Test
    void whereTooManyAreThereTheOldestGoesAndNeverTheNewest() throws IOException {
        start(4, LONG, LONG);
        List<Socket> first = List.of(connect(), connect(), connect());
        Socket fourth = connect();
        Socket fifth = connect();

        await().until(() -> isClosed(first.get(0)));
        assertThat(List.of(first.get(1), first.get(2), fourth, fifth)).noneMatch(HttpConnectionsTest::isClosed);
    }

    @Test
    void whereOneAddressHasMoreThanHalfItsOldestGoesWhoeverComes() throws IOException {
        start(4, LONG, LONG);
        Socket other = connectFrom("127.0.0.2");
        Socket first = connect();
        List<Socket> more = List.of(connect(), connect());
        Socket newcomer = connectFrom("127.0.0.3");

        await().until(() -> isClosed(first));
        assertThat(List.of(other, more.get(0), more.get(1), newcomer)).noneMatch(HttpConnectionsTest::isClosed);
    }

    @Test
    void theConnectionsOfAProxyAreThoseOfItsClients() throws IOException {
        start(4, LONG, LONG);
        Socket other = connectFrom(PROXY);
        asksFor(other, "192.0.2.1");
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            crowd.add(connectFrom(PROXY));
            asksFor(crowd.get(i), "203.0.113.9");
        }
        Socket newcomer = connectFrom(PROXY);

        await().until(() -> isClosed(crowd.get(0)));
        assertThat(List.of(other, crowd.get(1), crowd.get(2), newcomer)).noneMatch(HttpConnectionsTest::isClosed);
    }

    @Test
    void aProxyWhoseClientsAreNotKnownYetIsNoCrowd() throws IOException {
        start(4, LONG, LONG);
        Socket eldest = connectFrom("127.0.0.2");
        List<Socket> proxied = List.of(connectFrom(PROXY), connectFrom(PROXY), connectFrom(PROXY), connectFrom(PROXY));

        await().until(() -> isClosed(eldest));
        assertThat(proxied).noneMatch(HttpConnectionsTest::isClosed);
    }

    @Test
    void theAddressesOfOneNetworkOfIpv6AreOne() throws IOException {
        start(4, LONG, LONG);
        Socket other = connectFrom(PROXY);
        asksFor(other, "2001:db8:0:2::1");
        List<Socket> crowd = new ArrayList<>();
        for (String address : List.of("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:1:1:2:3:4")) {
            crowd.add(connectFrom(PROXY));
            asksFor(crowd.get(crowd.size() - 1), address);
        }
        Socket newcomer = connectFrom(PROXY);

        await().until(() -> isClosed(crowd.get(0)));
        assertThat(List.of(other, crowd.get(1), crowd.get(2), newcomer)).noneMatch(HttpConnectionsTest::isClosed);
    }

    private void start(int most, Duration firstRequest, Duration request) throws IOException {
        connections = new HttpConnections(most, firstRequest, request, new Proxies(PROXY));
        transport = TCPNIOTransportBuilder.newInstance()
                .setProcessor(FilterChainBuilder.stateless()
                        .add(new TransportFilter())
                        .add(connections)
                        .add(new BaseFilter() {
                            @Override
                            public NextAction handleAccept(FilterChainContext context) {
                                context.write(Buffers.wrap(context.getMemoryManager(), "!"));
                                return context.getInvokeAction();
                            }

                            @Override
                            public NextAction handleRead(FilterChainContext context) {
                                String client = context.<Buffer>getMessage().toStringContent(StandardCharsets.US_ASCII);
                                connections.requested(context.getConnection(), client);
                                context.write(Buffers.wrap(context.getMemoryManager(), "?"));
                                return context.getStopAction();
                            }
                        })
                        .build())
                .build();
        server = transport.bind("127.0.0.1", 0);
        transport.start();
    }

    private Socket connect() throws IOException {
        return connectFrom("127.0.0.1");
    }

    /** @param address of the loopback network, all of which Linux has */
    private Socket connectFrom(String address) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect((InetSocketAddress) server.getLocalAddress());
        // What comes first is accepted first, whatever thread does it.
        assertThat(socket.getInputStream().read()).isEqualTo('!');
        socket.setSoTimeout(1);
        sockets.add(socket);
        return socket;
    }

    /** A request of this client, which is known when this returns. */
    private static void asksFor(Socket socket, String client) throws IOException {
        socket.getOutputStream().write(client.getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(20_000);
        assertThat(socket.getInputStream().read()).isEqualTo('?');
        socket.setSoTimeout(1);
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
