package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static dev.parley.client.Outcome.failure;
import static dev.parley.client.ScriptedAnswers.error;
import static dev.parley.client.ScriptedAnswers.joined;
import static dev.parley.client.ScriptedAnswers.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.testing.ScriptedServer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rooms that a client can't join again, or that the server puts it out of. */
@Timeout(60)
class ChatClientPutOutTest {
    private static final RoomName TEA = new RoomName("tea");

    private final HeardEvents heard = new HeardEvents();
    private final ClientOptions options = ClientOptions.defaults()
            .withName(new UserName("ann"))
            .withListener(heard)
            .withBackOff(Duration.ofMillis(1), Duration.ofMillis(50));

    @Test
    void aRoomThatCannotBeHadNowIsTriedAgainOnTheSameConnectionAndWhatWaitsIsNotRefused() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            ChatClientReturnTest.join(client, server, 0);
            server.cutsTheLine();
            server.hears("hello");
            CompletionStage<ServerMessage.Said> said = client.say(TEA, "patience");
            client.read(TEA, 1);
            client.typing(TEA);
            for (String code : List.of("unavailable", "tooFast", "unavailable")) {
                server.says(error(server.hears("join"), code));
            }
            CompletionStage<ServerMessage.Joined> other = client.join(new RoomName("other"));
            JsonObject next = server.hears("join");
            while (!next.getString("room").equals("other")) {
                server.says(error(next, "unavailable"));
                next = server.hears("join");
            }
            server.says(joined(next, "e1", false, 0).replace("tea", "other"));
            server.says(joined(server.hears("join"), "e1", true, 0));
            assertThat(server.hears("read").getInt("seq")).isEqualTo(1);
            server.says(said(server.hears("say"), 1));

            assertThat(ends(other).room()).hasToString("other");
            assertThat(ends(said).seq()).isEqualTo(1);
        }
    }

    @Test
    void aRoomThatCannotBeHadNowCanBeLeft() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(
                        server.uri(), options.withBackOff(Duration.ofMinutes(1), Duration.ofMinutes(1)))) {
            join(client, server);
            server.says("{\"type\":\"bye\",\"code\":1001,\"reason\":\"going\",\"retryAfter\":1}");
            server.closes(1001, "going");
            server.hears("hello");
            server.says(error(server.hears("join"), "unavailable"));
            CompletionStage<ServerMessage.Left> left = client.leave(TEA);
            server.says(error(server.hears("leave"), "notMember"));

            assertThat(ends(left).room()).isEqualTo(TEA);
        }
    }

    @Test
    void aRoomThatThisClientIsPutOutOfIsLeftAndWhatWaitsForItFails() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            join(client, server);
            CompletionStage<ServerMessage.Said> sent = client.say(TEA, "sent");
            server.hears("say");
            server.says("{\"type\":\"left\",\"room\":\"tea\",\"reason\":\"you may not be here\"}");
            await().until(() -> !heard.left.isEmpty());
            assertThat(heard.left).extracting(ServerMessage.Left::reason).containsExactly("you may not be here");
            assertThat(heard.messages).isEmpty();

            // Whether it was stored, nobody knows when the line breaks; it is not sent again, nor is the room joined.
            server.cutsTheLine();
            server.hears("hello");
            assertThat(failure(sent).code()).isEqualTo(ErrorCode.FORBIDDEN);
            client.history(new RoomName("other"), 5);
            server.hears("history");
        }
    }

    @Test
    void aRoomThatMayNotBeJoinedAgainIsGoneAndTheOthersGoOn() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            ChatClientReturnTest.join(client, server, 0);
            server.cutsTheLine();
            server.hears("hello");
            server.says(error(server.hears("join"), "forbidden"));
            await().until(() -> !heard.messages.isEmpty());
            assertThat(((ServerMessage.Error) heard.messages.get(0)).code()).isEqualTo(ErrorCode.FORBIDDEN);
            CompletionStage<ServerMessage.History> history = client.history(TEA, 5);
            server.hears("history");
            server.cutsTheLine();

            server.hears("hello");
            JsonObject asked = server.hears("history");
            server.says("{\"type\":\"history\",\"ref\":%s,\"room\":\"tea\",\"entries\":[],\"more\":false}"
                    .formatted(asked.get("ref")));
            assertThat(ends(history).entries()).isEmpty();
        }
    }

    /** The leave and the server's {@code left} crossed each other. */
    @Test
    void aLeaveOfARoomThatThisClientIsPutOutOfMeanwhileSucceeds() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            join(client, server);
            CompletionStage<ServerMessage.Left> left = client.leave(TEA);
            JsonObject leave = server.hears("leave");
            server.says("{\"type\":\"left\",\"room\":\"tea\",\"reason\":\"you may not be here\"}");
            server.says(error(leave, "notMember"));

            assertThat(ends(left).room()).isEqualTo(TEA);
            assertThat(failure(leaveOfANonMember(client, server)).code()).isEqualTo(ErrorCode.NOT_MEMBER);
        }
    }

    @Test
    void soDoesOneThatIsSentAgainAfterABreak() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            join(client, server);
            CompletionStage<ServerMessage.Left> left = client.leave(TEA);
            server.hears("leave");
            server.says("{\"type\":\"left\",\"room\":\"tea\",\"reason\":\"you may not be here\"}");
            await().until(() -> !heard.left.isEmpty());
            server.cutsTheLine();
            server.hears("hello");
            server.says(error(server.hears("leave"), "notMember"));

            assertThat(ends(left).room()).isEqualTo(TEA);
        }
    }

    private static CompletionStage<ServerMessage.Left> leaveOfANonMember(ChatClient client, ScriptedServer server)
            throws Exception {
        CompletionStage<ServerMessage.Left> left = client.leave(TEA);
        server.says(error(server.hears("leave"), "notMember"));
        return left;
    }

    @Test
    void asAnotherUserItIsInNoDirectRoomOfTheUserBefore() throws Exception {
        RoomName direct = RoomName.with("bob");
        try (ScriptedServer server = ScriptedServer.welcoming()) {
            server.welcomesUser("ann");
            try (ChatClient client = ChatClient.connect(server.uri(), options)) {
                join(client, server);
                CompletionStage<ServerMessage.Joined> joined = client.join(direct);
                server.says(joined(server.hears("join"), "e1", false, 3).replace("tea", "@bob"));
                ends(joined);
                CompletionStage<ServerMessage.Said> said = client.say(direct, "from ann to bob");
                server.hears("say");
                server.welcomesUser("cleo");
                server.cutsTheLine();

                server.hears("hello");
                JsonObject again = server.hears("join");
                assertThat(again.getString("room")).isEqualTo("tea");
                server.says(joined(again, "e1", true, 0));
                assertThat(failure(said).code()).isEqualTo(ErrorCode.FORBIDDEN);
                await().until(() -> !heard.left.isEmpty());
                assertThat(heard.left).extracting(ServerMessage.Left::room).containsExactly(direct);
                client.say(TEA, "from cleo");
                assertThat(server.hears("say").getString("text")).isEqualTo("from cleo");
            }
        }
    }

    private static void join(ChatClient client, ScriptedServer server) throws Exception {
        server.hears("hello");
        ChatClientReturnTest.join(client, server, 0);
    }
}
