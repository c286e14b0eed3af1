package dev.parley.client;

import static dev.parley.client.Outcome.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.ScriptedServer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of requests before a server that takes one at a time, and doesn't answer it. */
@Timeout(60)
class ChatClientPatienceTest {
    private static final RoomName TEA = new RoomName("tea");

    @Test
    void whatWaitedForAnotherRequestIsSentWhenThatOneIsGivenUp() throws Exception {
        String welcome = ScriptedServer.WELCOME.formatted(20_000, 65_536).replace("\"rate\":50", "\"rate\":1");
        ClientOptions options = ClientOptions.defaults().withRequestTimeout(Duration.ofSeconds(4));
        try (ScriptedServer server = ScriptedServer.replyingToHello(welcome);
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            CompletionStage<ServerMessage.Said> first = client.say(TEA, "first");
            server.hears("say");
            long later = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            await().until(() -> System.nanoTime() - later > 0);
            client.say(TEA, "second");

            assertThat(failure(first).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(server.hears("say").getString("text")).isEqualTo("second");
        }
    }
}
