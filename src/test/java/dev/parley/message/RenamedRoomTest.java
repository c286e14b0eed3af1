package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each message about a room can be given another name of it: nobody gets the name of a direct room that has both ids. */
class RenamedRoomTest {
    private static final RoomName BOTH = RoomName.direct("ann", "bob");
    private static final RoomName SHOWN = RoomName.with("bob");
    private static final UserName ANN = new UserName("ann");
    private static final CallerId CALLER = new CallerId(Caller.Kind.USER, "ann");
    private static final Entry ENTRY = new Entry(BOTH, 1, null, ANN, CALLER, Instant.EPOCH, new Body.Text("x"));

    private static final List<ServerMessage> FROM_SERVER = List.of(
            ENTRY,
            ENTRY.withoutContent(),
            new ServerMessage.Joined(
                    null,
                    BOTH,
                    "epoch",
                    1,
                    List.of(ANN),
                    Map.of(ANN, CALLER),
                    List.of(ENTRY),
                    true,
                    Map.of(ANN, 1L),
                    Set.of(Permission.READ),
                    1L,
                    2),
            new ServerMessage.Left(null, BOTH, "why"),
            new ServerMessage.Said(null, BOTH, 1, "id", Instant.EPOCH),
            new ServerMessage.History(null, BOTH, List.of(ENTRY), true, 1L),
            new ServerMessage.Fetched(null, BOTH, 1, 3, 1, ByteBuffer.wrap(new byte[] {2, 3})),
            new ServerMessage.Granted(BOTH, Set.of(), 3),
            new ServerMessage.Erased(BOTH, 1),
            new ServerMessage.Moderated(null, BOTH, ModerationAction.ERASE),
            new ServerMessage.Presence(BOTH, ANN, CALLER, true),
            new ServerMessage.Typing(BOTH, ANN),
            new ServerMessage.Read(BOTH, ANN, 1),
            new ServerMessage.Signal(BOTH, ANN, CALLER, new Body.Text("x")),
            new ServerMessage.Invited(BOTH, ANN, CALLER, 1));

    private static final List<ClientMessage> FROM_CLIENT = List.of(
            new ClientMessage.Join(null, SHOWN, 1L, "epoch", 7),
            new ClientMessage.Leave(null, SHOWN),
            new ClientMessage.Say(null, SHOWN, "id", new Body.Text("x")),
            new ClientMessage.History(null, SHOWN, 1L, null, 7),
            new ClientMessage.Fetch(null, SHOWN, 1, 2, 7L),
            new ClientMessage.Typing(SHOWN),
            new ClientMessage.Signal(null, SHOWN, new Body.Text("x")),
            new ClientMessage.Read(SHOWN, 1));

    @Test
    void messagesOfTheServerDifferInNothingButTheName() {
        for (ServerMessage message : FROM_SERVER) {
            ServerMessage renamed = RenamedRoom.renamed(message, SHOWN);
            assertThat(renamed.room()).isEqualTo(SHOWN);
            assertThat(renamed.toString()).doesNotContain(BOTH.value()).doesNotContain(BOTH.toString());
            assertThat(RenamedRoom.renamed(renamed, BOTH)).isEqualTo(message);
        }
    }

    @Test
    void messagesOfAClientDifferInNothingButTheName() {
        for (ClientMessage message : FROM_CLIENT) {
            assertThat(message.in(BOTH).room()).isEqualTo(BOTH);
            assertThat(message.in(BOTH).in(SHOWN)).isEqualTo(message);
        }
    }

    @Test
    void allOfTheServersMessagesAboutRoomsAreHere() {
        assertThat(classes(FROM_SERVER)).containsAll(aboutRooms(ServerMessage.class));
    }

    private static Set<Class<?>> classes(List<?> messages) {
        return messages.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    private static Set<Class<?>> aboutRooms(Class<?> sealed) {
        return leaves(sealed)
                .filter(one -> Arrays.stream(one.getRecordComponents())
                        .map(RecordComponent::getType)
                        .anyMatch(RoomName.class::equals))
                .collect(Collectors.toSet());
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RenamedRoomTest::leaves)
                : Stream.of(type);
    }
}
