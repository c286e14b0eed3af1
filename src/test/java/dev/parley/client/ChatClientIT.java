package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static dev.parley.client.Outcome.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java client and the standalone server. */
@Timeout(120)
class ChatClientIT implements ChatClientConformance, AttachmentsApartConformance {
    private static final RoomName ROOM = new RoomName("harbour");

    private static ServerProcess server;

    @TempDir
    private Path data;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Map.of("parley.rate", "500"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public URI chat() {
        return server.chat();
    }

    @Test
    void aServerThatIsShutDownSaysGoodByeAndEveryRequestEnds() {
        Map<String, String> settings = Map.of("parley.data", data.toString(), "parley.rate", "1000000");
        HeardEvents heard = new HeardEvents();
        List<ServerMessage.Said> said = new CopyOnWriteArrayList<>();
        try (ServerProcess going = ServerProcess.start(settings);
                ChatClient ann = ChatClient.connect(
                        going.chat(),
                        ClientOptions.defaults().withListener(heard).withReconnect(false))) {
            ends(ann.join(ROOM));
            CompletableFuture<Void> talk = talk(ann, said);
            await().until(() -> said.size() > 100);
            going.terminate();

            assertThat(failure(talk).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(ends(ann.closed()).code()).isEqualTo(1001);
            await().until(() -> heard.closed.size() == 1);
            assertThat(heard.states).endsWith(ConnectionState.CLOSING, ConnectionState.CLOSED);
            assertThat(heard.messages).last().isInstanceOfSatisfying(ServerMessage.Bye.class, bye -> {
                assertThat(bye.code()).isEqualTo(1001);
                assertThat(bye.retryAfter()).isNotNegative();
            });
        }
        try (ServerProcess back = ServerProcess.start(settings);
                ChatClient ann = ChatClient.connect(back.chat(), ClientOptions.defaults())) {
            for (int page = 0; page < said.size(); page += ClientMessage.MAX_LIMIT) {
                List<ServerMessage.Said> part =
                        said.subList(page, Math.min(said.size(), page + ClientMessage.MAX_LIMIT));
                List<Entry> entries =
                        ends(ann.historyAfter(ROOM, page, part.size())).entries();
                assertThat(entries)
                        .extracting(Entry::id)
                        .containsExactlyElementsOf(
                                part.stream().map(ServerMessage.Said::id).toList());
            }
        }
    }

    /** Says one thing after the other; fails as the first fails that isn't said. */
    private static CompletableFuture<Void> talk(ChatClient client, List<ServerMessage.Said> said) {
        return client.say(ROOM, "m-" + said.size(), new Body.Text("and another thing"))
                .thenAccept(said::add)
                .thenCompose(done -> talk(client, said))
                .toCompletableFuture();
    }
}
