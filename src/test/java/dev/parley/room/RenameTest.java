package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.User;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest has another name now, and the room learns of it before or after the user comes that got its name. */
class RenameTest extends RoomScenario {
    private static final UserName NAME = ANN.name();
    private static final UserName OTHER = new UserName("ann-2");
    private static final User BEFORE = new User("guest:1", NAME);
    private static final User AFTER = new User("guest:1", OTHER);
    private static final User BOB = new User("guest:2", new UserName("bob"));

    private final Guest ann = new Guest();
    private final Guest bob = new Guest();
    private Membership ofAnn;

    @BeforeEach
    void come() {
        ann.user = BEFORE;
        bob.user = BOB;
        join(bob);
        await().until(bob::hasJoined);
        ofAnn = join(ann);
        await().until(ann::hasJoined);
    }

    @Test
    void theRoomHearsOfTheOldNameAndTheNewOne() {
        ann.user = AFTER;
        ofAnn.renamed();
        Membership ofUser = join(guest);
        await().until(guest::hasJoined);
        ofUser.leave(null);

        assertThat(callers()).isEqualTo(Map.of(OTHER, AFTER.id(), BOB.name(), BOB.id()));
        assertThat(presences(bob))
                .containsExactly(
                        online(BEFORE, true),
                        online(BEFORE, false),
                        online(AFTER, true),
                        online(ANN, true),
                        online(ANN, false));
    }

    @Test
    void theNameIsTheUsersAlsoWhereTheUserComesFirst() {
        ann.user = AFTER;
        Membership ofUser = join(guest);
        await().until(guest::hasJoined);
        assertThat(callers()).isEqualTo(Map.of(NAME, ANN.id(), BOB.name(), BOB.id()));
        ofAnn.renamed();
        assertThat(callers()).isEqualTo(Map.of(NAME, ANN.id(), OTHER, AFTER.id(), BOB.name(), BOB.id()));
        ofUser.leave(null);

        assertThat(callers()).isEqualTo(Map.of(OTHER, AFTER.id(), BOB.name(), BOB.id()));
        assertThat(presences(bob))
                .containsExactly(online(BEFORE, true), online(ANN, true), online(AFTER, true), online(ANN, false));
        assertThat(presences(ann)).containsExactly(online(ANN, true), online(ANN, false));
    }

    /** Each of its connections is told on its own. */
    @Test
    void aGuestWithTwoConnectionsHasItsOldNameUntilBothAreRenamed() {
        Guest tab = new Guest();
        tab.user = BEFORE;
        Membership ofTab = join(tab);
        await().until(tab::hasJoined);
        ann.user = AFTER;
        tab.user = AFTER;
        ofAnn.renamed();
        assertThat(callers()).containsOnlyKeys(NAME, OTHER, BOB.name());
        ofTab.renamed();
        ofTab.renamed();
        assertThat(callers()).containsOnlyKeys(OTHER, BOB.name());
        assertThat(presences(bob)).containsExactly(online(BEFORE, true), online(AFTER, true), online(BEFORE, false));
    }

    @Test
    void whoHasLeftIsNotRenamed() {
        ofAnn.leave(null);
        ann.user = AFTER;
        ofAnn.renamed();
        assertThat(callers()).containsOnlyKeys(BOB.name());
        assertThat(presences(bob)).containsExactly(online(BEFORE, true), online(BEFORE, false));
    }

    private Membership join(Guest member) {
        return rooms.join(member, new ClientMessage.Join(null, ROOM, null, null, 0));
    }

    /** After all that was queued for the room's loop before. */
    private Map<UserName, CallerId> callers() {
        return rooms.callers(ROOM).toCompletableFuture().join();
    }

    private static ServerMessage.Presence online(User user, boolean online) {
        return new ServerMessage.Presence(ROOM, user.name(), user.id(), online);
    }

    private static List<ServerMessage> presences(Guest member) {
        return member.told.stream()
                .filter(ServerMessage.Presence.class::isInstance)
                .toList();
    }
}
