package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.FloodEnd;
import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Pace;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a WebSocket ends (RFC 6455 section 7). */
interface ClosingConformance extends Place {
    /** Of 1 MB each: kernels keep some MB for one who does not read. */
    int PAGES_THAT_FILL_ALL_BUFFERS = 20;

    long MANY_BEATS = 10_000;

    /** In bytes a second. */
    int SLOW = 2_048;

    int MORE_ERRORS_THAN_ANYONE_MAKES = 1_000;

    @Test
    default void aCloseOfTheClientsIsAnsweredWithItsCodeAndThenTcpEnds() {
        RawClient client = client();
        client.send(Frame.close(1000, "that's all"));
        assertThat(client.awaitClose()).isEqualTo(1000);
        client.awaitEnd();
    }

    @Test
    default void aCodeOfTheClientsOwnIsAnsweredToo() {
        RawClient client = client();
        client.send(Frame.close(4321, ""));
        assertThat(client.awaitClose()).isEqualTo(4321);
        client.awaitEnd();
    }

    @Test
    default void whoClosesIsGoneForTheOthers() {
        String room = room();
        Person bob = person("bob", room);
        Person ann = person("ann", room);
        bob.seesOnline(ann.name(), true);
        ann.line().send(Frame.close(1001, ""));
        bob.seesOnline(ann.name(), false);
    }

    @Test
    default void aNewerConnectionOfTheSameSessionReplacesTheOlder() {
        Person ann = person("ann");
        Person again = again(ann);
        assertThat(ann.isClosed()).isEqualTo(4409);
        ann.line().awaitEnd();
        assertThat(again.name()).isEqualTo(ann.name());
        assertThat(again.joins(room()).getString("type")).isEqualTo("joined");
    }

    @Test
    default void whoTalksNothingButNonsenseIsThrownOut() {
        Person fool = person("fool");
        try {
            for (int i = 0; i < MORE_ERRORS_THAN_ANYONE_MAKES; i++) {
                fool.sends("nonsense", Map.of());
            }
        } catch (UncheckedIOException thrownOut) {
            // The server didn't wait for the rest.
        }
        assertThat(fool.awaits("error").getString("code")).isEqualTo("unknownType");
        assertThat(fool.isClosed()).isEqualTo(4400);
        fool.line().awaitEnd();
    }

    @Test
    default void aRequestThatSucceedsNowAndThenDoesNotExcuseAllErrors() {
        Person fool = person("fool");
        String batch = "[" + "{\"type\":\"nonsense\"},".repeat(50) + "{\"type\":\"beat\"}]";
        try {
            for (int i = 0; i < MORE_ERRORS_THAN_ANYONE_MAKES / 50 + 1; i++) {
                fool.line().send(batch);
            }
        } catch (UncheckedIOException thrownOut) {
            // The server didn't wait for the rest.
        }
        assertThat(fool.isClosed()).isEqualTo(4400);
        fool.line().awaitEnd();
    }

    @Test
    default void aCloseThatTheClientNeverAnswersEndsTheConnectionAnyway() {
        Person ann = person("ann");
        ann.line().neverAnswerClose();
        again(ann);
        assertThat(ann.isClosed()).isEqualTo(4409);
        ann.line().awaitEnd();
    }

    /** What waits for it fills all buffers, so that the close frame waits too, for longer than one may take nothing. */
    @Test
    default void whoReadsSlowlyIsNotCutBeforeItKnowsWhy() {
        String room = room();
        Person ann = person("ann", room);
        ann.saysBytes(new byte[1_000_000], Map.of("room", room, "media", "image/png"));
        String history = "{\"type\":\"history\",\"ref\":1,\"room\":\"" + room + "\",\"limit\":1}";
        Pace slowly = new Pace(SLOW);
        RawClient slow = attended(RawClient.openSlow(chat(), slowly));
        for (int i = 0; i < PAGES_THAT_FILL_ALL_BUFFERS; i++) {
            slow.send(history);
        }
        slowly.awaitTaken(12L * SLOW, () -> slow.send("{\"type\":\"beat\"}"));
        slowly.letGo();
        assertThat(slow.awaitClose()).isEqualTo(4000);
        slow.awaitEnd();
    }

    /** A server that ends TCP before the answer would reset what the client has not read yet. */
    @Test
    default void whoTalksOnWhileTheCloseFrameIsOnItsWayGetsIt() {
        String room = room();
        Person ann = person("ann", room);
        ann.saysBytes(new byte[45_000], Map.of("room", room, "media", "image/png"));
        Pace slowly = new Pace(4 * SLOW);
        Map<String, String> tab = Map.of("session", ann.session(), "tab", "slow");
        Person slow = Person.on(attended(RawClient.openSlow(chat(), slowly)), tab);
        slow.sends("history", Map.of("ref", 1, "room", room, "limit", 1));
        slowly.awaitTaken(2_000, () -> {});
        person(tab);
        slowly.awaitTaken(20_000, () -> slow.sends("beat", Map.of()));
        slowly.letGo();
        assertThat(slow.isClosed()).isEqualTo(4409);
        slow.line().awaitEnd();
    }

    /** It ends although what was sent before fills all buffers, and the close frame never reaches the peer. */
    @Test
    default void whoReadsNothingIsCutInTheEndAndHoldsUpNobody() {
        String room = room();
        Person ann = person("ann", room);
        ann.saysBytes(new byte[1_000_000], Map.of("room", room, "media", "image/png"));
        byte[] history = Frame.text("{\"type\":\"history\",\"ref\":1,\"room\":\"" + room + "\",\"limit\":1}")
                .masked();
        try (RawClient deaf = RawClient.openUnread(chat())) {
            deaf.flood(history, (long) PAGES_THAT_FILL_ALL_BUFFERS * history.length, RawClient.PATIENCE);
            // Until it is cut, a server may read and drop what comes.
            byte[] beat = Frame.text("{\"type\":\"beat\"}").masked();
            await().atMost(RawClient.PATIENCE.multipliedBy(2))
                    .until(() -> deaf.flood(beat, MANY_BEATS * beat.length, RawClient.PATIENCE) == FloodEnd.CLOSED);
        }
        assertThat(Messages.seq(ann.says("not held up"))).isEqualTo(2);
    }
}
