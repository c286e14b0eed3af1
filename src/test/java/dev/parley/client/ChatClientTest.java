package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static dev.parley.client.Outcome.failure;
import static dev.parley.client.ScriptedAnswers.entry;
import static dev.parley.client.ScriptedAnswers.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.testing.ScriptedServer;
import dev.parley.wire.MessageJson;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChatClientTest {
    private static final RoomName TEA = new RoomName("tea");
    private final HeardEvents heard = new HeardEvents();

    @Test
    void helloCarriesWhoTheClientIsAndWelcomeIsKept() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming()) {
            ClientOptions options = ClientOptions.defaults()
                    .withName(new UserName("ann"))
                    .withToken("t")
                    .withSession("earlier");
            try (ChatClient client = ChatClient.connect(server.uri(), options)) {
                JsonObject hello = server.hears("hello");

                assertThat(server.request()).containsPattern("parley\\.v2,\\s*parley\\.v1");
                assertThat(hello.getString("name")).isEqualTo("ann");
                assertThat(hello.getString("token")).isEqualTo("t");
                assertThat(hello.getString("session")).isEqualTo("earlier");
                assertThat(client.welcome().session()).isEqualTo("secret");
                await().until(() -> client.state() == ConnectionState.OPEN);
            }
        }
    }

    @Test
    void repliesFindTheirRequestsInAnyOrder() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            CompletionStage<ServerMessage.Said> first = client.say(TEA, "1");
            CompletionStage<ServerMessage.Said> second = client.say(TEA, "2");
            JsonObject one = server.hears("say");
            JsonObject two = server.hears("say");
            assertThat(one.getString("id")).isNotEqualTo(two.getString("id"));

            server.says(said(two, 2));
            assertThat(ends(second).seq()).isEqualTo(2);
            assertThat(first.toCompletableFuture()).isNotDone();
            server.says(said(one, 1));
            assertThat(ends(first).seq()).isEqualTo(1);
        }
    }

    @Test
    void anErrorFailsItsRequestWithTheServersCode() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            CompletionStage<ServerMessage.Joined> joined = client.join(TEA);
            server.says("""
                    {"type":"error","ref":%s,"code":"forbidden","message":"no tea for you"}""".formatted(server.hears("join").get("ref")));

            assertThat(failure(joined).code()).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(joined)).hasMessage("no tea for you");
        }
    }

    @Test
    void aQuotaOfADayThatIsUsedUpFailsTheRequestWithTheTimeToWaitAndNothingIsSentAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            CompletionStage<ServerMessage.Said> first = client.say(TEA, "one");
            server.says("""
                    {"type":"error","ref":%s,"code":"tooFast","message":"tomorrow","retryAfter":7200000}""".formatted(server.hears("say").get("ref")));

            assertThat(failure(first).code()).isEqualTo(ErrorCode.TOO_FAST);
            assertThat(failure(first).retryAfter()).contains(Duration.ofHours(2));
            CompletionStage<ServerMessage.Said> second = client.say(TEA, "two");
            JsonObject next = server.hears("say");
            assertThat(next.getString("text")).isEqualTo("two");
            server.says(said(next, 1));
            assertThat(ends(second).seq()).isEqualTo(1);
        }
    }

    @Test
    void anErrorThatNoRequestWaitsForGoesToTheListener() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            client.typing(TEA);
            server.hears("typing");
            server.says("{\"type\":\"error\",\"code\":\"tooFast\",\"message\":\"slow down\"}");

            await().untilAsserted(() -> assertThat(heard.messages)
                    .containsExactly(new ServerMessage.Error(null, ErrorCode.TOO_FAST, "slow down")));
        }
    }

    @Test
    void entriesOfBatchesAreHeardInOrderOnOneThread() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            for (int seq = 1; seq < 300; seq += 3) {
                server.says("[" + entry(seq) + "," + entry(seq + 1) + "," + entry(seq + 2) + "]");
            }

            await().until(() -> heard.messages.size() == 300);
            assertThat(heard.seqs()).isSorted().doesNotHaveDuplicates();
            assertThat(heard.threads).hasSize(1);
            await().until(() -> client.state() == ConnectionState.OPEN);
        }
    }

    @Test
    void entriesOfARunAreHeardOneByOneAmongOthers() throws Exception {
        String run = """
                {"type":"entries","room":"tea","seq":%d,"at":"2026-01-01T00:00:00.000Z","senders":[{"from":"bob"}],\
                "entries":[{"text":"hi"},{"text":"hi"}]}""";
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            server.says(run.formatted(1));
            server.saysInBinary("[" + entry(3) + "," + run.formatted(4) + "]");
            server.saysInBinary(run.formatted(6));

            await().until(() -> heard.messages.size() == 7);
            assertThat(heard.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
            assertThat(heard.messages.get(3))
                    .isEqualTo(MessageJson.readServer(entry(4)).get(0));
            await().until(() -> client.state() == ConnectionState.OPEN);
        }
    }

    @Test
    void aReplyIsCompletedBeforeTheEntriesThatFollowItAreHeard() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            client.say(TEA, "hi").thenAccept(heard.messages::add);
            JsonObject say = server.hears("say");
            server.says("[" + said(say, 1) + "," + entry(1) + "]");

            await().until(() -> heard.messages.size() == 2);
            assertThat(heard.messages.get(0)).isInstanceOf(ServerMessage.Said.class);
            assertThat(heard.messages.get(1)).isInstanceOf(Entry.class);
        }
    }

    @Test
    void aListenerThatThrowsHarmsNothing() throws Exception {
        ChatListener throwing = new ChatListener() {
            @Override
            public void entry(Entry entry) {
                heard.entry(entry);
                throw new IllegalStateException("thrown on purpose by a test");
            }
        };
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(
                        server.uri(), ClientOptions.defaults().withListener(throwing))) {
            server.says("[" + entry(1) + "," + entry(2) + "]");
            await().until(() -> heard.messages.size() == 2);
            server.hears("hello");
            CompletionStage<ServerMessage.Said> said = client.say(TEA, "still here");
            server.says(said(server.hears("say"), 3));
            assertThat(ends(said).seq()).isEqualTo(3);
        }
    }

    @Test
    void waitingForAReplyInAListenerIsRefusedInsteadOfHanging() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            client.say(TEA, "hi")
                    .thenAccept(said -> thrown.add(catchThrowable(
                            () -> client.say(TEA, "more").toCompletableFuture().join())));
            server.says(said(server.hears("say"), 1));

            await().until(() -> thrown.size() == 1);
            assertThat(thrown.get(0)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void attachmentsTravelInBinaryFramesBothWays() throws Exception {
        byte[] bytes = {1, 2, 3};
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            client.say(TEA, "id-1", new Body.Attachment("image/png", "a.png", ByteBuffer.wrap(bytes)));
            byte[] frame = server.hearsBytes();
            int header = (frame[0] & 0xFF) << 8 | frame[1] & 0xFF;
            assertThat(new String(frame, 2, header, StandardCharsets.UTF_8)).contains("id-1", "image/png", "a.png");
            assertThat(frame).endsWith(bytes);

            server.saysBytes("""
                    {"type":"entry","room":"tea","seq":1,"from":"bob","at":"2026-01-01T00:00:00.000Z",\
                    "media":"image/png"}""", bytes);
            await().until(() -> heard.messages.size() == 1);
            Body body = ((Entry) heard.messages.get(0)).body();
            assertThat(((Body.Attachment) body).content()).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    @Test
    void whatIsLargerThanTheServerTakesIsRefusedAndTheConnectionGoesOn() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcomingWithTextLimit(1000);
                ChatClient client = connect(server)) {
            assertThat(failure(client.say(TEA, "x".repeat(1000))).code()).isEqualTo(ErrorCode.TOO_LARGE);

            client.say(TEA, "é".repeat(400));
            assertThat(server.hears("say").getString("text")).hasSize(400);
        }
    }

    @Test
    void nothingIsSaidWithoutAnIdOrWithoutARoom() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = connect(server)) {
            assertThat(failure(client.say(null, "in whichever room")).code()).isEqualTo(ErrorCode.BAD_REQUEST);
            client.say(TEA, null, new Body.Text("once"));
            assertThat(server.hears("say").containsKey("id")).isTrue();
        }
    }

    private ChatClient connect(ScriptedServer server) throws InterruptedException {
        ChatClient client =
                ChatClient.connect(server.uri(), ClientOptions.defaults().withListener(heard));
        server.hears("hello");
        return client;
    }
}
