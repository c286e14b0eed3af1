package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.message.ClientMessage;
import dev.parley.message.ConnectionState;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection on a container that never calls back: Tyrus is not that bad, others have been. */
@Timeout(60)
class ClientConnectionTest {
    @Test
    void closingIsBoundedWhereTheContainerNeverTellsOfTheEnd() {
        ListenerThread thread = new ListenerThread(1 << 20, Duration.ofSeconds(10));
        HeardEvents heard = new HeardEvents();
        ClientConnection connection = new ClientConnection(
                ClientOptions.defaults().withListener(heard).withCloseTimeout(Duration.ofMillis(100)), thread);
        connection.opened(silentSession());
        Answer<ServerMessage.Left> left =
                connection.request(ServerMessage.Left.class, ref -> new ClientMessage.Leave(ref, new RoomName("tea")));
        connection.close(1000, "");

        assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
        assertThatThrownBy(() -> left.orTimeout(10, TimeUnit.SECONDS).join()).hasCauseInstanceOf(ParleyException.class);
        assertThat(connection.closed().orTimeout(10, TimeUnit.SECONDS).join().code())
                .isEqualTo(1006);
        // The answers may come from the timer that covers a stuck listener: before the listener has heard all.
        await().untilAsserted(() -> assertThat(heard.states)
                .containsExactly(
                        ConnectionState.CONNECTING,
                        ConnectionState.OPEN,
                        ConnectionState.CLOSING,
                        ConnectionState.CLOSED));
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
