package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.log.User;
import dev.parley.loop.Loops;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.room.Broadcast;
import dev.parley.room.LocalRelay;
import dev.parley.room.Member;
import dev.parley.room.Rooms;
import dev.parley.testing.EmptyLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The memberships of a peer that the server puts out of a room. */
class MembershipsTest {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final RoomName CELLAR = new RoomName("cellar");
    private static final RoomName ATTIC = new RoomName("attic");
    private static final ParleyException WHY = new ParleyException(ErrorCode.FORBIDDEN, "not here");

    private final Loops loops = new Loops(1, task -> new Thread(task, "loop"));
    private final Rooms rooms = new Rooms(new EmptyLog(), new LocalRelay(), loops, entry -> {});
    private final Peer peer = new Peer();
    private final Places places = new Places();
    private final Memberships memberships = new Memberships(2, places);

    @BeforeEach
    void start() {
        rooms.start();
    }

    @AfterEach
    void end() {
        loops.close();
    }

    /** The peer sent its leave before it knew. */
    @Test
    void aLeaveThatWasOnItsWayWhenThePeerWasPutOutSucceedsOnce() {
        joins(CELLAR);
        joins(GARDEN);
        memberships.putOut(GARDEN, WHY);
        assertThat(memberships.latest()).isEqualTo(GARDEN);
        ServerMessage.Left left = new ServerMessage.Left(Ref.of(7), GARDEN);
        memberships.leave(GARDEN, left);

        await().until(() -> peer.told.contains(left));
        assertThat(peer.told).endsWith(new ServerMessage.Left(null, GARDEN, "not here"), left);
        assertThat(memberships.latest()).isEqualTo(CELLAR);
        assertIsNotIn(GARDEN);
    }

    @Test
    void aPeerThatIsPutOutAndComesBackLeavesTheRoomThatItIsIn() {
        joins(GARDEN);
        memberships.putOut(GARDEN, WHY);
        joins(GARDEN);
        memberships.leave(GARDEN, new ServerMessage.Left(Ref.of(7), GARDEN));

        await().until(() -> rooms.names().isEmpty());
        assertIsNotIn(GARDEN);
    }

    @Test
    void ofARoomInWhichItNeverWasAPeerIsNoMember() {
        joins(GARDEN);
        memberships.putOut(GARDEN, WHY);
        assertIsNotIn(CELLAR);
    }

    @Test
    void eachRoomHasOnePlaceHoweverItEnds() {
        joins(GARDEN);
        joins(GARDEN);
        joins(CELLAR);
        assertThat(places.taken).hasValue(2);
        assertThatThrownBy(() -> joins(ATTIC)).hasMessage("at most 2 rooms at a time: leave one first");
        memberships.putOut(GARDEN, WHY);
        assertThat(places.taken).hasValue(1);
        memberships.leave(GARDEN, null);
        assertThat(places.taken).hasValue(1);
        joins(ATTIC);
        memberships.leave(ATTIC, null);
        memberships.leaveAll();
        assertThat(places.taken).hasValue(0);
        joins(GARDEN);
        memberships.leaveAll();
        memberships.leaveAll();
        assertThat(places.taken).hasValue(0);
    }

    @Test
    void aRoomThatCannotBeJoinedTakesNoPlace() {
        joins(GARDEN);
        assertThatThrownBy(() -> memberships.join(CELLAR, () -> {
                    throw WHY;
                }))
                .isSameAs(WHY);
        assertThatThrownBy(() -> memberships.join(GARDEN, () -> {
                    throw WHY;
                }))
                .isSameAs(WHY);
        assertThat(places.taken).hasValue(1);
        places.refusal = WHY;
        assertThatThrownBy(() -> joins(CELLAR)).isSameAs(WHY);
        assertIsNotIn(CELLAR);
        joins(GARDEN);
        assertThat(places.taken).hasValue(1);
    }

    /** It is no member, so it could not leave. */
    @Test
    void aJoinThatIsRejectedLaterGivesItsPlaceBack() {
        joins(GARDEN);
        for (String dots : List.of("...", "....", ".....")) {
            joins(new RoomName(dots));
            await().untilAsserted(() -> assertThat(places.taken).hasValue(1));
        }
        joins(CELLAR);
        joins(GARDEN);
        assertThat(places.taken).hasValue(2);
        memberships.leaveAll();
        assertThat(places.taken).hasValue(0);
    }

    private static final class Places implements Memberships.Places {
        final AtomicInteger taken = new AtomicInteger();
        ParleyException refusal;

        @Override
        public void take(RoomName room) {
            if (refusal != null) {
                throw refusal;
            }
            taken.incrementAndGet();
        }

        @Override
        public void free() {
            taken.decrementAndGet();
        }
    }

    private void joins(RoomName room) {
        int before = peer.told.size();
        memberships.join(room, () -> rooms.join(peer, new ClientMessage.Join(null, room, null, null, 0)));
        await().until(() -> peer.told.size() > before);
    }

    private void assertIsNotIn(RoomName room) {
        assertThatThrownBy(() -> memberships.leave(room, new ServerMessage.Left(Ref.of(8), room)))
                .isInstanceOfSatisfying(
                        ParleyException.class,
                        thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.NOT_MEMBER));
    }

    /** Remembers what it is told. */
    private static final class Peer implements Member {
        final List<ServerMessage> told = new CopyOnWriteArrayList<>();

        @Override
        public User user() {
            return new User("user:ann", new UserName("ann"));
        }

        @Override
        public void tell(ServerMessage message) {
            told.add(message);
        }

        @Override
        public void tell(Broadcast broadcast) {
            told.addAll(broadcast.messages());
        }

        @Override
        public boolean offer(Broadcast broadcast) {
            tell(broadcast);
            return true;
        }

        @Override
        public boolean hint(Object key, Broadcast broadcast) {
            return true;
        }

        @Override
        public void whenReady(PageTurn turn) {
            turn.begin();
        }

        @Override
        public void lost(ParleyException why) {
            throw why;
        }
    }
}
