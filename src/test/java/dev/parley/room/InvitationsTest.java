package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.UnreadRoom;
import dev.parley.log.User;
import dev.parley.loop.Loops;
import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RenamedRoom;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.testing.EmptyLog;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is notified of the entries of direct rooms, at moments of the test's choice. */
class InvitationsTest {
    private static final User ANN = user("user:ann");
    private static final User BOB = user("user:bob");
    private static final RoomName ROOM = RoomName.direct("ann", "bob");
    private static final RoomName SHOWN_TO_BOB = RoomName.with("ann");

    private final UnreadLog log = new UnreadLog();
    private final Loops loops = new Loops(1, Executors.defaultThreadFactory());
    private final Guest bob = new Guest();
    private final OpenRelay relay = new OpenRelay();
    private Rooms rooms;
    private Relay.Listener relayed;

    /** Answers when the test says so. */
    private static final class UnreadLog extends EmptyLog {
        final List<CompletableFuture<List<UnreadRoom>>> reads = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<List<UnreadRoom>> unread(User user) {
            CompletableFuture<List<UnreadRoom>> read = new CompletableFuture<>();
            reads.add(read);
            return read;
        }

        void adds(RoomName room, long seq) {
            Entry entry = entry(room, seq);
            Draft draft = new Draft(room, ANN, DraftId.of(null), entry.body(), new DeliveryTest.Speaker());
            commit(List.of(new Appended(draft, entry, false)));
        }
    }

    /** A relay whose listener the test can call. */
    private final class OpenRelay implements Relay {
        private final LocalRelay real = new LocalRelay();
        boolean fails;

        @Override
        public void start(Listener listener) {
            relayed = listener;
            real.start(listener);
        }

        @Override
        public void publish(List<Entry> entries) {
            if (fails) {
                throw new IllegalStateException("on purpose");
            }
            real.publish(entries);
        }

        @Override
        public void publishErased(List<ServerMessage.Erased> erased) {
            real.publishErased(erased);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private static User user(String key) {
        return new User(key, new UserName(key.replaceAll(".*:", "")));
    }

    private static Entry entry(RoomName room, long seq) {
        return new Entry(room, seq, null, ANN.name(), ANN.id(), Instant.EPOCH, new Body.Text("number " + seq));
    }

    private static ServerMessage invited(long seq) {
        return new ServerMessage.Invited(SHOWN_TO_BOB, ANN.name(), ANN.id(), seq);
    }

    @BeforeEach
    void start() {
        rooms = new Rooms(log, relay, loops, entry -> {});
        rooms.start();
        bob.user = BOB;
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    private void joins(Guest member) {
        rooms.join(member, new ClientMessage.Join(null, ROOM, null, null, 0));
        await().until(member::hasJoined);
    }

    @Test
    void whoHasNotJoinedIsHintedAndWhoHasGetsTheEntry() {
        Guest desk = new Guest();
        desk.user = BOB;
        Guest ann = new Guest();
        rooms.arrived(bob, true);
        rooms.arrived(desk, true);
        rooms.arrived(ann, true);
        joins(desk);
        log.adds(ROOM, 1);
        await().until(() -> bob.hinted.contains(invited(1)) && !desk.seqs().isEmpty() && !ann.hinted.isEmpty());
        assertThat(ann.hinted).containsExactly(RenamedRoom.renamed(invited(1), RoomName.with("bob")));
        assertThat(desk.hinted).isEmpty();
        assertThat(desk.told).allMatch(message -> message.room().equals(SHOWN_TO_BOB));
        assertThat(bob.told).isEmpty();
    }

    @Test
    void othersAndGuestsAndWhoHasGoneAreNotHinted() {
        List<Guest> others = List.of(new Guest(), new Guest(), new Guest());
        others.get(0).user = user("user:cleo");
        others.get(1).user = user("guest:bob");
        others.get(2).user = BOB;
        others.forEach(other -> rooms.arrived(other, true));
        rooms.departed(others.get(2));
        rooms.arrived(bob, true);
        log.adds(RoomName.LOBBY, 1);
        log.adds(ROOM, 1);
        await().until(() -> bob.hinted.equals(List.of(invited(1))));
        assertThat(others).allMatch(other -> other.hinted.isEmpty() && other.told.isEmpty());
    }

    @Test
    void whoArrivesIsToldOfUnreadRoomsAndAgainIfTheLogFailed() {
        rooms.arrived(bob, true);
        log.reads.get(0).completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, "on purpose"));
        assertThat(bob.told).isEmpty();
        rooms.look(bob);
        rooms.look(bob);
        assertThat(log.reads).hasSize(2);
        log.reads.get(1).complete(List.of(new UnreadRoom(ROOM, 7, ANN.name(), ANN.id())));
        assertThat(bob.told).containsExactly(invited(7));
        rooms.look(bob);
        assertThat(log.reads).hasSize(2);
    }

    @Test
    void whoHasGoneWhenTheLogFailsIsForgotten() {
        rooms.arrived(bob, true);
        rooms.departed(bob);
        log.reads.get(0).completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, "on purpose"));
        rooms.look(bob);
        assertThat(log.reads).hasSize(1);
    }

    @Test
    void aHintThatIsDroppedIsReadFromTheLogLaterOnceForMany() {
        rooms.arrived(bob, true);
        log.reads.get(0).complete(List.of());
        bob.dropsHints = true;
        bob.turnsBeginLater = true;
        log.adds(ROOM, 1);
        log.adds(ROOM, 2);
        await().until(() -> bob.turns.size() == 1);
        log.adds(RoomName.direct("bob", "cleo"), 1);
        joins(new Guest());
        assertThat(bob.turns).hasSize(1);
        bob.turns.get(0).begin();
        log.reads.get(1).complete(List.of(new UnreadRoom(ROOM, 2, ANN.name(), ANN.id())));
        assertThat(bob.told).containsExactly(invited(2));
    }

    @Test
    void ifTheRelayMayHaveLostEntriesTheLogIsRead() {
        rooms.arrived(bob, true);
        log.reads.get(0).complete(List.of());
        relayed.missed();
        assertThat(log.reads).hasSize(2);
    }

    /** A relay that may lose entries says so every ten seconds. */
    @Test
    void nobodyIsInvitedTwiceToTheSameEntry() {
        rooms.arrived(bob, true);
        log.reads.get(0).complete(List.of(new UnreadRoom(ROOM, 1, ANN.name(), ANN.id())));
        relayed.missed();
        log.reads.get(1).complete(List.of(new UnreadRoom(ROOM, 1, ANN.name(), ANN.id())));
        assertThat(bob.told).containsExactly(invited(1));
        log.adds(ROOM, 2);
        await().until(() -> bob.hinted.equals(List.of(invited(2))));
        relayed.missed();
        log.reads.get(2).complete(List.of(new UnreadRoom(ROOM, 2, ANN.name(), ANN.id())));
        assertThat(bob.told).containsExactly(invited(1));
        relayed.missed();
        log.reads.get(3).complete(List.of(new UnreadRoom(ROOM, 3, ANN.name(), ANN.id())));
        assertThat(bob.told).containsExactly(invited(1), invited(3));
    }

    @Test
    void ifTheRelayFailsTheLogIsReadForTheUsersOfTheRoom() {
        Guest cleo = new Guest();
        cleo.user = user("user:cleo");
        rooms.arrived(cleo, true);
        rooms.arrived(bob, true);
        log.reads.forEach(read -> read.complete(List.of()));
        relay.fails = true;
        log.adds(ROOM, 1);
        assertThat(log.reads).hasSize(3);
        log.reads.get(2).complete(List.of(new UnreadRoom(ROOM, 1, ANN.name(), ANN.id())));
        assertThat(bob.told).containsExactly(invited(1));
        assertThat(cleo.told).isEmpty();
    }

    @Test
    void whoGetsARoleIsToldOnTheConnectionsThatAreNotInTheRoom() {
        RoomName cellar = new RoomName("cellar");
        ServerMessage invitation = new ServerMessage.Invited(cellar, ANN.name(), ANN.id(), 0);
        Guest desk = new Guest();
        desk.user = BOB;
        Guest ann = new Guest();
        rooms.arrived(bob, true);
        rooms.arrived(desk, true);
        rooms.arrived(ann, true);
        log.reads.forEach(read -> read.complete(List.of()));
        rooms.join(desk, new ClientMessage.Join(null, cellar, null, null, 0));
        await().until(desk::hasJoined);
        rooms.invited(BOB.id(), cellar, ANN);
        await().until(() -> bob.hinted.equals(List.of(invitation)));
        assertThat(desk.hinted).isEmpty();
        assertThat(ann.hinted).isEmpty();
        relayed.missed();
        log.reads.get(log.reads.size() - 3).complete(List.of(new UnreadRoom(cellar, 0, ANN.name(), ANN.id())));
        assertThat(bob.told).isEmpty();
    }

    @Test
    void anInvitationThatIsDroppedIsReadFromTheLog() {
        RoomName cellar = new RoomName("cellar");
        rooms.arrived(bob, true);
        log.reads.get(0).complete(List.of());
        bob.dropsHints = true;
        rooms.invited(BOB.id(), cellar, ANN);
        await().until(() -> log.reads.size() == 2);
        log.reads.get(1).complete(List.of(new UnreadRoom(cellar, 0, ANN.name(), ANN.id())));
        assertThat(bob.told).containsExactly(new ServerMessage.Invited(cellar, ANN.name(), ANN.id(), 0));
    }

    @Test
    void whereRolesDoNotDecideNobodyIsInvitedByARole() {
        RoomName cellar = new RoomName("cellar");
        rooms.arrived(bob, false);
        log.reads
                .get(0)
                .complete(List.of(
                        new UnreadRoom(ROOM, 1, ANN.name(), ANN.id()),
                        new UnreadRoom(cellar, 0, ANN.name(), ANN.id())));
        assertThat(bob.told).containsExactly(invited(1));
        rooms.invited(BOB.id(), cellar, ANN);
        log.adds(ROOM, 2);
        await().until(() -> bob.hinted.contains(invited(2)));
        assertThat(bob.hinted).containsExactly(invited(2));
    }

    /** The role of the first invitation was taken away meanwhile. */
    @Test
    void aSecondInvitationIsNewsAlsoIfTheLogBringsIt() {
        RoomName cellar = new RoomName("cellar");
        ServerMessage invitation = new ServerMessage.Invited(cellar, ANN.name(), ANN.id(), 0);
        rooms.arrived(bob, true);
        log.reads.get(0).complete(List.of());
        rooms.invited(BOB.id(), cellar, ANN);
        await().until(() -> bob.hinted.equals(List.of(invitation)));
        bob.dropsHints = true;
        rooms.invited(BOB.id(), cellar, ANN);
        await().until(() -> log.reads.size() == 2);
        log.reads.get(1).complete(List.of(new UnreadRoom(cellar, 0, ANN.name(), ANN.id())));
        assertThat(bob.told).containsExactly(invitation);
    }

    @Test
    void whatIsEncodedIsSharedByAllConnectionsOfAUser() {
        Broadcast broadcast = Broadcast.of(entry(ROOM, 1));
        assertThat(broadcast.in(SHOWN_TO_BOB)).isSameAs(broadcast.in(RoomName.with("ann")));
        assertThat(broadcast.in(SHOWN_TO_BOB).messages())
                .allMatch(message -> message.room().equals(SHOWN_TO_BOB));
        RoomName shownToAnn = RoomName.with("bob");
        assertThat(broadcast.in(shownToAnn).messages())
                .allMatch(message -> message.room().equals(shownToAnn));
    }

    @Test
    void nobodyElseJoinsOrReadsADirectRoom() {
        Guest cleo = new Guest();
        cleo.user = user("user:cleo");
        ClientMessage.Join join = new ClientMessage.Join(null, ROOM, null, null, 0);
        assertThatThrownBy(() -> rooms.join(cleo, join)).hasMessageContaining("two users alone");
        ClientMessage.History history = new ClientMessage.History(null, ROOM, null, null, 1);
        assertThatThrownBy(() -> rooms.history(cleo, history)).hasMessageContaining("two users alone");
        assertThat(rooms.names()).isEmpty();
    }

    @Test
    void aSentenceHasTheNameThatTheMemberKnows() {
        Guest told = new Guest();
        told.user = BOB;
        Member shown = DirectMember.of(told, ROOM);
        shown.tell(new ServerMessage.Error(null, ErrorCode.NOT_MEMBER, "join the room " + ROOM + " first"));
        shown.tell(new ServerMessage.Left(null, ROOM, "you were put out of the room " + ROOM));
        shown.tell(new ServerMessage.Left(null, ROOM));
        shown.lost(new ParleyException(ErrorCode.UNAVAILABLE, "nobody can read the room " + ROOM));
        assertThat(told.lost).extracting(Throwable::getMessage).containsExactly("nobody can read the room @ann");
        assertThat(told.told)
                .containsExactly(
                        new ServerMessage.Error(null, ErrorCode.NOT_MEMBER, "join the room @ann first"),
                        new ServerMessage.Left(null, SHOWN_TO_BOB, "you were put out of the room @ann"),
                        new ServerMessage.Left(null, SHOWN_TO_BOB));
    }
}
