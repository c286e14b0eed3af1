package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static dev.parley.client.Outcome.failure;
import static dev.parley.client.ScriptedAnswers.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.Background;
import dev.parley.testing.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a connection ends, and that nobody waits beyond its end. */
@Timeout(60)
class ChatClientEndTest {
    private static final RoomName TEA = new RoomName("tea");
    private final HeardEvents heard = new HeardEvents();

    @Test
    void whereNoReturnIsWantedALineThatIsCutFailsWhatWaits() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(
                        server.uri(),
                        ClientOptions.defaults().withListener(heard).withReconnect(false))) {
            server.hears("hello");
            CompletionStage<ServerMessage.Said> said = client.say(TEA, "hi");
            server.hears("say");
            server.cutsTheLine();

            assertThat(failure(said).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(ends(client.closed()).code()).isEqualTo(1006);
            assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
            assertThat(failure(client.say(TEA, "again")).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            await().until(() -> !heard.closed.isEmpty());
            assertThat(heard.states).endsWith(ConnectionState.OPEN, ConnectionState.CLOSED);
        }
    }

    @Test
    void closeSendsItsCodeAndIsFinal() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming()) {
            ChatClient client = connect(server);
            CompletionStage<ServerMessage.Said> said = client.say(TEA, "hi");
            client.close(4321, "é".repeat(100));

            assertThat(server.hearsClose()).isEqualTo(new Closed(4321, "é".repeat(61)));
            assertThat(failure(said).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(client.join(TEA)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(client.join(TEA))).hasMessageContaining("4321");
            assertThatThrownBy(() -> client.typing(TEA)).isInstanceOf(ParleyException.class);
            assertThat(ends(client.closed()).code()).isEqualTo(4321);
            await().until(() -> !heard.closed.isEmpty());
            assertThat(heard.states).endsWith(ConnectionState.CLOSING, ConnectionState.CLOSED);
        }
    }

    @Test
    void aCloseThatIsNeverAcknowledgedEndsAllTheSame() throws Exception {
        try (ScriptedServer server = ScriptedServer.neverAcknowledgingAClose()) {
            ChatClient client = ChatClient.connect(
                    server.uri(),
                    ClientOptions.defaults().withListener(heard).withCloseTimeout(Duration.ofMillis(300)));
            CompletionStage<ServerMessage.Said> said = client.say(TEA, "hi");
            client.close();

            assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
            assertThat(failure(said).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void aListenerThatNeverReturnsHoldsUpNobodyWhoWaitsForAReply() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        ChatListener hanging = new ChatListener() {
            @Override
            public void entry(Entry entry) {
                heard.entry(entry);
                try {
                    stuck.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (ScriptedServer server = ScriptedServer.welcoming()) {
            ClientOptions options =
                    ClientOptions.defaults().withListener(hanging).withCloseTimeout(Duration.ofMillis(300));
            ChatClient client = ChatClient.connect(server.uri(), options);
            CompletionStage<ServerMessage.Said> said = client.say(TEA, "hi");
            server.says(entry(1));
            await().until(() -> heard.messages.size() == 1);
            client.close();

            assertThat(failure(said).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        } finally {
            stuck.countDown();
        }
    }

    @Test
    void theServersCloseIsHeardWithItsCodeAfterItsBye() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            server.says("{\"type\":\"bye\",\"code\":1001,\"reason\":\"going\",\"retryAfter\":250}");
            server.closes(4409, "replaced");

            assertThat(ends(client.closed())).isEqualTo(new Closed(4409, "replaced"));
            await().until(() -> !heard.closed.isEmpty());
            assertThat(heard.messages).containsExactly(new ServerMessage.Bye(1001, "going", 250L));
            assertThat(heard.states).endsWith(ConnectionState.CLOSING, ConnectionState.CLOSED);
            assertThat(server.hearsClose().code()).isEqualTo(4409);
        }
    }

    @Test
    void aFrameThatIsNoneOfTheProtocolEndsTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            CompletionStage<ServerMessage.Said> said = client.say(TEA, "hi");
            server.says("this is no JSON");

            assertThat(failure(said).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(server.hearsClose().code()).isEqualTo(1002);
        }
    }

    @Test
    void aServerThatRefusesHelloRefusesToConnect() throws Exception {
        String refusal = "{\"type\":\"error\",\"ref\":1,\"code\":\"unauthorized\",\"message\":\"who are you?\"}";
        try (ScriptedServer server = ScriptedServer.replyingToHello(refusal)) {
            assertThatThrownBy(() -> connect(server))
                    .isInstanceOf(ParleyException.class)
                    .hasMessage("who are you?")
                    .extracting(thrown -> ((ParleyException) thrown).code())
                    .isEqualTo(ErrorCode.UNAUTHORIZED);
            assertThat(server.hearsClose().code()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @CsvSource({"4401, UNAUTHORIZED", "4403, FORBIDDEN", "4400, UNAVAILABLE"})
    void aServerThatClosesBeforeItsWelcomeSaysWhy(int close, ErrorCode code) throws Exception {
        try (ScriptedServer server = ScriptedServer.replyingToHello(null)) {
            CompletableFuture<ChatClient> connecting = Background.get(() ->
                    ChatClient.connect(server.uri(), ClientOptions.defaults().withListener(heard)));
            server.hears("hello");
            server.closes(close, "not you");
            assertThat(failure(connecting).code()).isEqualTo(code);
            assertThat(failure(connecting)).hasMessageContaining("not you");
        }
    }

    @Test
    void aServerThatNeverWelcomesIsGivenUp() throws Exception {
        try (ScriptedServer server = ScriptedServer.replyingToHello(null)) {
            ClientOptions options = ClientOptions.defaults().withConnectTimeout(Duration.ofMillis(500));
            assertThatThrownBy(() -> ChatClient.connect(server.uri(), options))
                    .isInstanceOf(ParleyException.class)
                    .hasMessageContaining("500 ms");
        }
    }

    @Test
    void aPortWhereNobodyListensIsUnavailable() throws Exception {
        URI gone;
        try (ScriptedServer server = ScriptedServer.welcoming()) {
            gone = server.uri();
        }
        assertThatThrownBy(() -> ChatClient.connect(gone, ClientOptions.defaults()))
                .isInstanceOf(ParleyException.class)
                .extracting(thrown -> ((ParleyException) thrown).code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }

    private ChatClient connect(ScriptedServer server) throws InterruptedException {
        ChatClient client =
                ChatClient.connect(server.uri(), ClientOptions.defaults().withListener(heard));
        server.hears("hello");
        return client;
    }
}
