package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.ClientMessage;
import dev.parley.message.ConnectionState;
import dev.parley.message.Ref;
import dev.parley.message.ServerMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection on a container that never calls back: Tyrus is not that bad, others have been. */
@Timeout(60)
class ClientConnectionTest {
    private final ListenerThread thread = new ListenerThread(1 << 20, Duration.ofSeconds(10));
    private final Queue<ConnectionState> states = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Closed> ended = new CompletableFuture<>();

    private final BlockingQueue<Boolean> lasts = new LinkedBlockingQueue<>();

    private final class Owner implements ClientConnection.Owner {
        @Override
        public void stateChanged(ConnectionState from, ConnectionState to) {
            states.add(to);
        }

        @Override
        public void welcomed(ClientConnection by, ServerMessage.Welcome welcome) {
            throw new AssertionError(welcome);
        }

        @Override
        public void heard(ClientConnection on, ServerMessage message) {
            throw new AssertionError(message);
        }

        @Override
        public void ended(ClientConnection it, Closed how, boolean isLast) {
            ended.complete(how);
            lasts.add(isLast);
        }
    }

    @Test
    void closingIsBoundedWhereTheContainerNeverTellsOfTheEnd() {
        ClientMessage.Hello hello = new ClientMessage.Hello(Ref.of(1), null, null, null);
        Requests requests = new Requests(thread, Duration.ofMinutes(1));
        ClientConnection connection =
                new ClientConnection(() -> hello, Duration.ofMillis(100), thread, requests, new Owner());
        connection.opened(silentSession());
        connection.close(1000, "");

        assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(ended.orTimeout(10, TimeUnit.SECONDS).join().code()).isEqualTo(1006);
        assertThat(states).containsExactly(ConnectionState.OPEN, ConnectionState.CLOSING, ConnectionState.CLOSED);
        thread.end();
    }

    @Test
    void closedWhileItOpensItDoesNotStayOpen() throws InterruptedException {
        ClientMessage.Hello hello = new ClientMessage.Hello(Ref.of(1), null, null, null);
        Requests requests = new Requests(thread, Duration.ofMinutes(1));
        for (int i = 0; i < 5_000; i++) {
            ClientConnection connection =
                    new ClientConnection(() -> hello, Duration.ofMillis(100), thread, requests, new Owner());
            Session session = silentSession();
            Thread container = new Thread(() -> connection.opened(session));
            container.start();
            while (!connection.hasOpened()) {
                Thread.onSpinWait();
            }
            connection.beginClose(1000, "");
            container.join();
            assertThat(connection.state()).isIn(ConnectionState.CLOSING, ConnectionState.CLOSED);
        }
        thread.end();
    }

    /** The code that this side sent decides whether it comes back, not the one of a server that goes at the same moment. */
    @Test
    void theCloseThatThisSideBeganDecidesAlthoughTheServerEndsTheConnectionAtTheSameMoment() throws Exception {
        ClientMessage.Hello hello = new ClientMessage.Hello(Ref.of(1), null, null, null);
        Requests requests = new Requests(thread, Duration.ofMinutes(1));
        AtomicReference<ClientConnection> present = new AtomicReference<>();
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> containers = Stream.generate(() -> new Thread(() -> {
                    while (!done.get()) {
                        ClientConnection connection = present.get();
                        if (connection != null && connection.state() == ConnectionState.CLOSING) {
                            connection.ended(new Closed(1001, "going"));
                        }
                    }
                }))
                .limit(4)
                .toList();
        containers.forEach(Thread::start);
        for (int i = 0; i < 2_000; i++) {
            ClientConnection connection =
                    new ClientConnection(() -> hello, Duration.ofMillis(100), thread, requests, new Owner());
            connection.opened(silentSession());
            present.set(connection);
            connection.beginClose(1000, "");
            assertThat(lasts.poll(10, TimeUnit.SECONDS)).as("round %d", i).isTrue();
        }
        done.set(true);
        thread.end();
    }

    private static Session silentSession() {
        RemoteEndpoint.Async remote = silent(RemoteEndpoint.Async.class, null);
        return silent(Session.class, remote);
    }

    private static <T> T silent(Class<T> type, RemoteEndpoint.Async remote) {
        ClassLoader loader = ClientConnectionTest.class.getClassLoader();
        return type.cast(Proxy.newProxyInstance(loader, new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().equals("getAsyncRemote")) {
                return remote;
            }
            return method.getReturnType() == boolean.class ? Boolean.FALSE : null;
        }));
    }
}
