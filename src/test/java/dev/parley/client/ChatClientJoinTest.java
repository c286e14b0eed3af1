package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static dev.parley.client.ScriptedAnswers.entry;
import static dev.parley.client.ScriptedAnswers.joined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.ScriptedServer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That each entry is heard once, however joins and what is said meanwhile come together. */
@Timeout(60)
class ChatClientJoinTest {
    private static final RoomName TEA = new RoomName("tea");

    private final HeardEvents heard = new HeardEvents();
    private final ClientOptions options =
            ClientOptions.defaults().withListener(heard).withBackOff(Duration.ofMillis(1), Duration.ofMillis(50));

    @Test
    void whatIsSaidWhileAnEmptyRoomIsJoinedIsHeard() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            client.join(TEA);
            // The page was read before the first entry was stored, and seq after it.
            server.says("[" + joined(server.hears("join"), "e1", false, 2) + "," + entry(1) + "," + entry(2) + "]");

            await().until(() -> heard.messages.size() == 2);
            assertThat(heard.seqs()).containsExactly(1L, 2L);
        }
    }

    @Test
    void whatIsSaidWhileARoomIsJoinedFromItsEndIsHeard() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            client.join(TEA, 7, "e1");
            server.says("[" + joined(server.hears("join"), "e1", true, 8) + "," + entry(8) + "]");

            await().until(() -> heard.messages.size() == 1);
            assertThat(heard.seqs()).containsExactly(8L);
        }
    }

    @Test
    void aRoomThatIsJoinedTwiceAtOnceIsHeardOnce() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            CompletionStage<ServerMessage.Joined> one = client.join(TEA);
            CompletionStage<ServerMessage.Joined> two = client.join(TEA);
            JsonObject first = server.hears("join");
            JsonObject second = server.hears("join");
            server.says(joined(first, "e1", false, 2, entry(1), entry(2)));
            server.says(joined(second, "e1", false, 3, entry(1), entry(2), entry(3)));
            server.says(entry(4));

            assertThat(ends(one).entries()).hasSize(2);
            assertThat(ends(two).entries()).hasSize(3);
            await().until(() -> heard.messages.size() == 4);
            assertThat(heard.seqs()).containsExactly(1L, 2L, 3L, 4L);
            assertThat(heard.joined).extracting(ServerMessage.Joined::recovered).containsExactly(false, true);
        }
    }

    @Test
    void whatASecondJoinLeavesOutIsFetched() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            client.join(TEA);
            client.join(TEA);
            JsonObject first = server.hears("join");
            JsonObject second = server.hears("join");
            server.says(joined(first, "e1", false, 1, entry(1)));
            server.says(joined(second, "e1", false, 4, entry(4)));
            JsonObject again = server.hears("join");
            assertThat(again.getInt("since")).isEqualTo(1);
            server.says(joined(again, "e1", true, 4, entry(2), entry(3), entry(4)));

            await().until(() -> heard.messages.size() == 4);
            assertThat(heard.seqs()).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void aLogThatLostItsEndVoidsWhatWasHeardOfIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            client.join(TEA);
            server.says(joined(server.hears("join"), "e1", false, 9, entry(9)));
            await().until(() -> heard.messages.size() == 1);
            server.cutsTheLine();
            server.hears("hello");
            server.says(joined(server.hears("join"), "e1", false, 3, entry(3)));
            server.says(entry(4));

            await().until(() -> heard.messages.size() == 3);
            assertThat(heard.seqs()).containsExactly(9L, 3L, 4L);
        }
    }

    @Test
    void aJoinThatComesBetweenWhileAGapIsClosedIsNoReasonToGiveTheRoomUp() throws Exception {
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), options)) {
            server.hears("hello");
            client.join(TEA);
            server.says(joined(server.hears("join"), "e1", false, 1, entry(1)));
            server.says(entry(3));
            JsonObject again = server.hears("join");
            client.join(TEA);
            JsonObject between = server.hears("join");
            server.says("""
                    {"type":"error","ref":%s,"code":"notMember","message":"it was joined again"}""".formatted(again.get("ref")));
            server.says(joined(between, "e1", true, 3, entry(2), entry(3)));

            await().until(() -> heard.messages.size() == 3);
            assertThat(heard.seqs()).containsExactly(1L, 2L, 3L);
        }
    }
}
