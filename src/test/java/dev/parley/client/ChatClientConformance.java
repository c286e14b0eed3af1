package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static dev.parley.client.Outcome.failure;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the Java client and the server are to each other, wherever the server runs. */
public interface ChatClientConformance extends LostWelcomeConformance {
    /** A server that takes 500 messages a second from each, in bursts of 1,000. */
    @Override
    URI chat();

    @Test
    default void whoConnectsIsWelcomedUnderItsName() {
        try (ChatClient ann = connect("ann", new HeardEvents())) {
            assertThat(ann.welcome().user().value()).matches("ann-[0-9a-f]{8}");
            assertThat(ann.welcome().session()).isNotBlank();
            assertThat(ann.welcome().limits().text()).isEqualTo(64 << 10);
            await().until(() -> ann.state() == ConnectionState.OPEN);
        }
    }

    @Test
    default void whoJoinsIsGivenWhatWasSaidLast() {
        RoomName room = someRoom();
        try (ChatClient ann = connect("ann", new HeardEvents());
                ChatClient bob = connect("bob", new HeardEvents())) {
            ends(ann.join(room));
            ends(ann.say(room, "one"));
            ends(ann.say(room, "two"));

            ServerMessage.Joined joined = ends(bob.join(room));
            assertThat(joined.seq()).isEqualTo(2);
            assertThat(texts(joined.entries())).containsExactly("one", "two");
            assertThat(joined.members())
                    .containsExactlyInAnyOrder(
                            ann.welcome().user(), bob.welcome().user());
        }
    }

    @Test
    default void whoComesBackIsGivenExactlyWhatItMissed() {
        RoomName room = someRoom();
        try (ChatClient ann = connect("ann", new HeardEvents())) {
            String epoch = ends(ann.join(room)).epoch();
            for (String text : List.of("heard", "missed", "missed too")) {
                ends(ann.say(room, text));
            }
            HeardEvents heard = new HeardEvents();
            try (ChatClient bob = connect("bob", heard)) {
                ServerMessage.Joined joined = ends(bob.join(room, 1, epoch));
                assertThat(joined.recovered()).isTrue();
                await().until(() -> entries(heard).size() == 2);
                assertThat(texts(entries(heard))).containsExactly("missed", "missed too");
            }
        }
    }

    @Test
    default void aReplyToSayNamesTheDurablePlace() {
        RoomName room = someRoom();
        try (ChatClient ann = connect("ann", new HeardEvents())) {
            ends(ann.join(room));
            ends(ann.say(room, "one"));
            ServerMessage.Said said = ends(ann.say(room, "m-1", new Body.Text("two")));
            ServerMessage.Said again = ends(ann.say(room, "m-1", new Body.Text("two")));

            assertThat(said.seq()).isEqualTo(2);
            assertThat(again).usingRecursiveComparison().ignoringFields("ref").isEqualTo(said);
            assertThat(ends(ann.history(room, 200)).entries())
                    .hasSize(2)
                    .last()
                    .isEqualTo(new Entry(
                            room, 2, "m-1", ann.welcome().user(), CallerId.GUEST, said.at(), new Body.Text("two")));
        }
    }

    @Test
    default void aThousandSaidInOneGoAreHeardOnceAndInOrderByBoth() {
        int each = 500;
        RoomName room = someRoom();
        HeardEvents annHeard = new HeardEvents();
        HeardEvents bobHeard = new HeardEvents();
        try (ChatClient ann = connect("ann", annHeard);
                ChatClient bob = connect("bob", bobHeard)) {
            ends(ann.join(room));
            ends(bob.join(room));
            List<CompletionStage<ServerMessage.Said>> replies = new ArrayList<>();
            for (int i = 1; i <= each; i++) {
                replies.add(ann.say(room, "ann " + i));
                replies.add(bob.say(room, "bob " + i));
            }
            List<Long> places = replies.stream().map(reply -> ends(reply).seq()).toList();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> entries(annHeard).size() >= 2 * each
                            && entries(bobHeard).size() >= 2 * each);

            List<Entry> heard = entries(annHeard);
            assertThat(heard).extracting(Entry::seq).containsExactlyElementsOf(range(1, 2 * each));
            assertThat(entries(bobHeard)).isEqualTo(heard);
            assertThat(places).containsExactlyInAnyOrderElementsOf(range(1, 2 * each));
            for (String name : List.of("ann", "bob")) {
                assertThat(texts(heard).stream().filter(text -> text.startsWith(name)))
                        .as("what %s said, in the order in which it was said", name)
                        .containsExactlyElementsOf(
                                range(1, each).stream().map(i -> name + " " + i).toList());
            }
        }
    }

    @Test
    default void historyIsReadPageByPageInBothDirections() {
        RoomName room = someRoom();
        try (ChatClient ann = connect("ann", new HeardEvents())) {
            ends(ann.join(room));
            for (int i = 1; i <= 25; i++) {
                ends(ann.say(room, "number " + i));
            }
            assertPage(ends(ann.history(room, 10)), 16, 25, true);
            assertPage(ends(ann.historyBefore(room, 16, 10)), 6, 15, true);
            assertPage(ends(ann.historyBefore(room, 6, 10)), 1, 5, false);
            assertPage(ends(ann.historyAfter(room, 0, 10)), 1, 10, true);
            assertPage(ends(ann.historyAfter(room, 20, 10)), 21, 25, false);
        }
    }

    @Test
    default void aLargeAttachmentGoesBothWaysUnchanged() {
        RoomName room = someRoom();
        HeardEvents annHeard = new HeardEvents();
        HeardEvents bobHeard = new HeardEvents();
        try (ChatClient ann = connect("ann", annHeard);
                ChatClient bob = connect("bob", bobHeard)) {
            ends(ann.join(room));
            ends(bob.join(room));
            Body fromAnn = attachment(1);
            Body fromBob = attachment(2);
            ends(ann.say(room, "a", fromAnn));
            ends(bob.say(room, "b", fromBob));
            for (HeardEvents heard : List.of(annHeard, bobHeard)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> entries(heard).size() == 2);
                assertThat(entries(heard)).extracting(Entry::body).containsExactly(fromAnn, fromBob);
            }
            assertThat(ends(ann.historyAfter(room, 1, 1)).entries())
                    .extracting(Entry::body)
                    .containsExactly(fromBob);
        }
    }

    @Test
    default void membersSeeEachOtherComeTypeReadAndGo() {
        RoomName room = someRoom();
        HeardEvents heard = new HeardEvents();
        try (ChatClient ann = connect("ann", heard);
                ChatClient bob = connect("bob", new HeardEvents())) {
            UserName name = bob.welcome().user();
            ends(ann.join(room));
            ends(ann.say(room, "hello?"));
            ends(bob.join(room));
            bob.typing(room);
            bob.signal(room, new Body.Data("cursor", "{\"x\":1.50}"));
            bob.read(room, 1);
            await().until(() -> heard.messages.contains(new ServerMessage.Read(room, name, 1)));
            ends(bob.leave(room));
            await().until(() -> heard.messages.contains(new ServerMessage.Presence(room, name, false)));

            assertThat(heard.messages)
                    .filteredOn(message -> !(message instanceof Entry))
                    .containsExactly(
                            new ServerMessage.Presence(room, name, true),
                            new ServerMessage.Typing(room, name),
                            new ServerMessage.Signal(
                                    room, name, CallerId.GUEST, new Body.Data("cursor", "{\"x\":1.50}")),
                            new ServerMessage.Read(room, name, 1),
                            new ServerMessage.Presence(room, name, false));
        }
    }

    @Test
    default void dataIsSaidAndHeardAsItWasWritten() {
        RoomName room = someRoom();
        HeardEvents heard = new HeardEvents();
        Body order = new Body.Data("Order", "{\"id\":12345678901234567890,\"price\":19.90}");
        try (ChatClient ann = connect("ann", heard)) {
            ends(ann.join(room));
            ends(ann.say(room, null, order));
            await().until(() -> heard.messages.stream()
                    .anyMatch(message ->
                            message instanceof Entry entry && entry.body().equals(order)));
            assertThat(ends(ann.history(room, 1)).entries())
                    .extracting(Entry::body)
                    .containsExactly(order);
        }
    }

    @Test
    default void whoHasLeftHearsNothingMoreAndMaySayNothing() {
        RoomName room = someRoom();
        HeardEvents heard = new HeardEvents();
        try (ChatClient ann = connect("ann", new HeardEvents());
                ChatClient bob = connect("bob", heard)) {
            ends(ann.join(room));
            ends(bob.join(room));
            assertThat(ends(bob.leave(room)).room()).isEqualTo(room);
            ends(ann.say(room, "are we alone?"));

            assertThat(failure(bob.say(room, "no")).code()).isEqualTo(ErrorCode.NOT_MEMBER);
            assertThat(failure(bob.leave(room)).code()).isEqualTo(ErrorCode.NOT_MEMBER);
            assertThat(texts(ends(bob.history(room, 200)).entries())).containsExactly("are we alone?");
            assertThat(entries(heard)).isEmpty();
        }
    }

    @Test
    default void whatIsTooLargeIsRefusedAndTheConnectionStays() {
        RoomName room = someRoom();
        try (ChatClient ann = connect("ann", new HeardEvents())) {
            ends(ann.join(room));
            assertThat(failure(ann.say(room, "x".repeat(64 << 10))).code()).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(ends(ann.say(room, "x".repeat(63 << 10))).seq()).isEqualTo(1);
        }
    }

    @Test
    default void aNewerConnectionOfASessionTakesOverFromTheOlder() {
        HeardEvents heard = new HeardEvents();
        try (ChatClient older = connect("ann", heard)) {
            ClientOptions same =
                    ClientOptions.defaults().withSession(older.welcome().session());
            try (ChatClient newer = ChatClient.connect(chat(), same)) {
                assertThat(ends(older.closed()).code()).isEqualTo(4409);
                assertThat(newer.welcome().user()).isEqualTo(older.welcome().user());
                assertThat(heard.messages).last().isInstanceOf(ServerMessage.Bye.class);
            }
        }
    }

    @Test
    default void aCloseIsFinalAndTheStatesAreThoseOfTheLifecycle() {
        RoomName room = someRoom();
        HeardEvents heard = new HeardEvents();
        ChatClient ann = connect("ann", heard);
        ends(ann.join(room));
        ends(ann.say(room, "bye"));
        ann.close();

        assertThat(ann.state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(ends(ann.closed()).code()).isEqualTo(1000);
        assertThat(failure(ann.say(room, "one more thing")).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure(ann.join(room)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        await().until(() -> heard.closed.size() == 1);
        assertThat(heard.states.stream().map(ConnectionState::name).collect(joining(" ")))
                .matches("CONNECTING OPEN( MESSAGE_RECEIVED OPEN){3,} CLOSING CLOSED");
    }

    private ChatClient connect(String name, ChatListener listener) {
        UserName unique = new UserName(name + "-" + unique());
        return ChatClient.connect(
                chat(), ClientOptions.defaults().withName(unique).withListener(listener));
    }

    private static RoomName someRoom() {
        return new RoomName("room-" + unique());
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static Body attachment(int seed) {
        byte[] bytes = new byte[500_000];
        new Random(seed).nextBytes(bytes);
        return new Body.Attachment("application/octet-stream", "bytes-" + seed + ".bin", ByteBuffer.wrap(bytes));
    }

    private static List<Entry> entries(HeardEvents heard) {
        return heard.messages.stream()
                .filter(Entry.class::isInstance)
                .map(Entry.class::cast)
                .toList();
    }

    private static List<String> texts(List<Entry> entries) {
        return entries.stream().map(entry -> ((Body.Text) entry.body()).value()).toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static void assertPage(ServerMessage.History page, long first, long last, boolean more) {
        assertThat(page.entries()).extracting(Entry::seq).containsExactlyElementsOf(range(first, last));
        assertThat(page.more()).isEqualTo(more);
    }
}
