package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** Over real connections to a server that takes every byte that comes for a request. */
class HttpConnectionsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

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

    private void start(int most, Duration firstRequest, Duration request) throws IOException {
        connections = new HttpConnections(most, firstRequest, request);
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
                                connections.requested(context.getConnection());
                                return context.getStopAction();
                            }
                        })
                        .build())
                .build();
        server = transport.bind("127.0.0.1", 0);
        transport.start();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect((InetSocketAddress) server.getLocalAddress());
        // What comes first is accepted first, whatever thread does it.
        assertThat(socket.getInputStream().read()).isEqualTo('!');
        socket.setSoTimeout(1);
        sockets.add(socket);
        return socket;
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
