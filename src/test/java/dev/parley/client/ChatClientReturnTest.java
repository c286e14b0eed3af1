package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static dev.parley.client.Outcome.failure;
import static dev.parley.client.ScriptedAnswers.entry;
import static dev.parley.client.ScriptedAnswers.joined;
import static dev.parley.client.ScriptedAnswers.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.ConnectionState;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.testing.ScriptedServer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a client comes back, before a server that says exactly what the case is about. */
@Timeout(60)
class ChatClientReturnTest {
    private static final RoomName TEA = new RoomName("tea");

    private final HeardEvents heard = new HeardEvents();
    private final ClientOptions options = ClientOptions.defaults()
            .withName(new UserName("ann"))
            .withListener(heard)
            .withBackOff(Duration.ofMillis(1), Duration.ofMillis(50));

    @Test
    void itIsTheSameUserAndGoesOnInEachRoomFromWhereItWas() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            join(client, server, 3, entry(2), entry(3));
            server.says(entry(4));
            await().until(() -> heard.messages.size() == 3);
            server.cutsTheLine();

            JsonObject hello = server.hears("hello");
            assertThat(hello.getString("session")).isEqualTo("secret");
            assertThat(hello.containsKey("name")).isFalse();
            JsonObject again = server.hears("join");
            assertThat(again.getInt("since")).isEqualTo(4);
            assertThat(again.getString("epoch")).isEqualTo("e1");
            // The second one only as a part of the page, the last one twice, as it comes when a gap is closed late.
            server.says(joined(again, "e1", true, 6, entry(5), entry(6)));
            server.says("[" + entry(6) + "," + entry(7) + "]");

            await().until(() -> heard.messages.size() == 6);
            assertThat(heard.seqs()).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
            assertThat(heard.joined).extracting(ServerMessage.Joined::recovered).containsExactly(false, true);
            assertThat(heard.threads).hasSize(1);
            await().until(() -> client.state() == ConnectionState.OPEN);
        }
    }

    @Test
    void itWantsAttachmentsApartOnEachConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options.withAttachmentsApart())) {
            assertThat(server.hears("hello").getString("attachments")).isEqualTo("apart");
            server.cutsTheLine();
            assertThat(server.hears("hello").getString("attachments")).isEqualTo("apart");
            await().until(() -> client.state() == ConnectionState.OPEN);
        }
    }

    @Test
    void whatWasNotAnsweredIsSentAgainInOrderOnceItsRoomIsJoinedAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            join(client, server, 0);
            CompletionStage<ServerMessage.Said> one = client.say(TEA, "one");
            CompletionStage<ServerMessage.Said> two = client.say(TEA, "two");
            CompletionStage<ServerMessage.Said> three = client.say(TEA, "three");
            JsonObject first = server.hears("say");
            JsonObject second = server.hears("say");
            server.hears("say");
            server.says(said(second, 2));
            assertThat(ends(two).seq()).isEqualTo(2);
            server.cutsTheLine();

            server.hears("hello");
            CompletionStage<ServerMessage.Said> offline = client.say(TEA, "said while it was away");
            JsonObject again = server.hears("join");
            server.says(joined(again, "e1", true, 0));
            JsonObject repeated = server.hears("say");
            assertThat(repeated.getString("id")).isEqualTo(first.getString("id"));
            assertThat(repeated.getString("text")).isEqualTo("one");
            JsonObject third = server.hears("say");
            assertThat(third.getString("text")).isEqualTo("three");
            JsonObject last = server.hears("say");
            assertThat(last.getString("text")).isEqualTo("said while it was away");
            server.says("[" + said(repeated, 1) + "," + said(third, 3) + "," + said(last, 4) + "]");
            assertThat(ends(one).seq()).isEqualTo(1);
            assertThat(ends(three).seq()).isEqualTo(3);
            assertThat(ends(offline).seq()).isEqualTo(4);
        }
    }

    /** Here even all entries were deleted. */
    @Test
    void itGoesOnBehindEntriesThatWereDeletedMeanwhile() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            join(client, server, 3, entry(2), entry(3));
            server.cutsTheLine();

            server.hears("hello");
            String joined = joined(server.hears("join"), "e1", false, 9);
            server.says(joined.replace("false}", "false,\"oldest\":10}"));
            server.says(entry(10));
            await().until(() -> heard.messages.size() == 3);
            assertThat(heard.seqs()).containsExactly(2L, 3L, 10L);
            assertThat(heard.joined).extracting(ServerMessage.Joined::recovered).containsExactly(false, false);
            server.cutsTheLine();
            server.hears("hello");
            assertThat(server.hears("join").getInt("since")).isEqualTo(10);
        }
    }

    @Test
    void itComesBackWhenTheServerAskedItTo() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            server.says("{\"type\":\"bye\",\"code\":1001,\"reason\":\"going\",\"retryAfter\":77}");
            server.closes(1001, "going");
            server.hears("hello");
            server.cutsTheLine();
            server.hears("hello");

            await().until(() -> heard.pauses.size() == 2);
            assertThat(heard.pauses.get(0)).isEqualTo(Duration.ofMillis(77));
            assertThat(heard.pauses.get(1)).isLessThanOrEqualTo(Duration.ofMillis(50));
            assertThat(heard.closed).isEmpty();
            assertThat(client.closed().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aServerThatGivesNoSignOfLifeIsLeft() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcomingWithHeartbeat(100);
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            server.hears("beat");
            server.hears("hello");
            assertThat(heard.states).contains(ConnectionState.CLOSED);
            assertThat(client.closed().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void anotherLogVoidsWhatWasHeardOfTheFirst() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            join(client, server, 9, entry(8), entry(9));
            server.cutsTheLine();
            server.hears("hello");
            server.says(joined(server.hears("join"), "e2", false, 2, entry(1), entry(2)));
            server.says(entry(3));

            await().until(() -> heard.messages.size() == 5);
            assertThat(heard.seqs()).containsExactly(8L, 9L, 1L, 2L, 3L);
        }
    }

    @Test
    void aGapIsFilledFromTheLogBeforeAnythingBeyondItIsHeard() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            join(client, server, 0);
            server.says("[" + entry(1) + "," + entry(3) + "," + entry(4) + "]");
            JsonObject again = server.hears("join");
            assertThat(again.getInt("since")).isEqualTo(1);
            server.says(joined(again, "e1", true, 4, entry(2), entry(3), entry(4)));

            await().until(() -> heard.messages.size() == 4);
            assertThat(heard.seqs()).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void howFarARoomIsReadIsToldAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            join(client, server, 2, entry(1), entry(2));
            client.read(TEA, 2);
            server.hears("read");
            server.cutsTheLine();
            server.hears("hello");
            server.says(joined(server.hears("join"), "e1", true, 2));
            assertThat(server.hears("read").getInt("seq")).isEqualTo(2);
        }
    }

    @Test
    void aRoomThatWasLeftIsNotJoinedAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            join(client, server, 0);
            CompletionStage<ServerMessage.Left> left = client.leave(TEA);
            Object ref = server.hears("leave").get("ref");
            server.says("{\"type\":\"left\",\"ref\":%s,\"room\":\"tea\"}".formatted(ref));
            ends(left);
            server.missesTheNextHello();
            server.cutsTheLine();
            JsonObject hello = server.hears("hello");
            // A hint before the welcome is dropped.
            client.typing(TEA);
            client.history(TEA, 5);
            server.welcomes(hello);
            server.hears("history");
        }
    }

    @Test
    void aRequestThatIsNeverAnsweredFailsInTime() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client =
                        ChatClient.connect(server.uri(), options.withRequestTimeout(Duration.ofMillis(200)))) {
            server.hears("hello");
            CompletionStage<ServerMessage.Said> said = client.say(TEA, "is anybody there?");
            server.hears("say");

            assertThat(failure(said).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(said)).hasMessageContaining("200 ms");
            assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
        }
    }

    @Test
    void closedBetweenTwoConnectionsItIsClosedForGood() throws Exception {
        ScriptedServer server = ScriptedServer.welcoming();
        ChatClient client =
                ChatClient.connect(server.uri(), options.withBackOff(Duration.ofSeconds(30), Duration.ofSeconds(30)));
        server.hears("hello");
        server.close();
        await().until(() -> !heard.pauses.isEmpty());
        CompletionStage<ServerMessage.Said> said = client.say(TEA, "later, perhaps");
        client.close();

        assertThat(failure(said).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(ends(client.closed())).isEqualTo(new Closed(1000, ""));
        await().until(() -> heard.closed.size() == 1);
    }

    @Test
    void itKeepsTryingWhileNobodyListens() throws Exception {
        ScriptedServer server = ScriptedServer.welcoming();
        try (ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            server.close();
            await().until(() -> heard.pauses.size() > 3);
            assertThat(client.closed().toCompletableFuture()).isNotDone();
        }
        assertThat(heard.closed).hasSizeLessThanOrEqualTo(1);
    }

    static void join(ChatClient client, ScriptedServer server, int seq, String... entries) throws Exception {
        CompletionStage<ServerMessage.Joined> joined = client.join(TEA);
        server.says(joined(server.hears("join"), "e1", false, seq, entries));
        ends(joined);
    }
}
