package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import dev.parley.message.UserName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemberAccessTest extends PolicyContract {
    private static final Caller BOB = new Caller(Caller.Kind.USER, "bob", new UserName("bob"));
    private static final Standing OWNER = Standing.NONE.withRole(Role.OWNER);
    private static final RoomName UNMADE = new RoomName("unmade");

    private final Map<String, Standing> stored = new HashMap<>();
    private boolean closed;
    private final StandingCache standings = new StandingCache(room ->
            CompletableFuture.completedStage(GARDEN.equals(room) ? new Standings(stored, 0, closed) : Standings.NONE));

    @Override
    protected AccessPolicy policy() {
        standings.start(Set.of(), Standings.NONE);
        return new MemberAccess(standings);
    }

    private Grant grant(Caller caller) {
        return grant(caller, GARDEN);
    }

    private void change(String key, Standing standing) {
        stored.put(key, standing);
        standings.changed(GARDEN, Map.of(key, standing), 0, closed);
    }

    private void annMakes(boolean isClosed) {
        closed = isClosed;
        change("user:ann", OWNER);
    }

    @Test
    void nobodyMayBeInARoomThatNobodyMade() {
        assertThat(grant(GUEST).permissions()).isEmpty();
        assertThat(grant(USER).permissions()).isEmpty();
        change("user:ann", Standing.NONE.mutedUntil(Standing.FOREVER));
        assertThat(grant(USER).permissions()).isEmpty();
    }

    @Test
    void allUsersMayBeInAnOpenRoomAndNoGuests() {
        annMakes(false);
        assertThat(grant(GUEST).permissions()).isEmpty();
        assertThat(grant(USER).permissions()).isEqualTo(Grant.all().permissions());
        assertThat(grant(BOB).permissions()).isEqualTo(Grant.all().permissions());
    }

    @Test
    void onlyUsersWithARoleMayBeInAClosedRoom() {
        annMakes(true);
        assertThat(grant(USER).permissions()).isEqualTo(Grant.all().permissions());
        assertThat(grant(BOB).permissions()).isEmpty();
        change("user:bob", Standing.NONE.withRole(Role.MEMBER));
        assertThat(grant(BOB).permissions()).isEqualTo(Grant.all().permissions());
        change("user:bob", Standing.NONE);
        assertThat(grant(BOB).permissions()).isEmpty();
    }

    @Test
    void theAnswerDoesNotShowWhichClosedRoomsThereAre() {
        annMakes(true);
        Grant closed = grant(BOB);
        Grant unmade = grant(BOB, UNMADE);
        assertThat(closed.reason().replace(GARDEN.value(), "…"))
                .isEqualTo(unmade.reason().replace(UNMADE.value(), "…"));
        assertThat(closed.timeToLive()).isEqualTo(unmade.timeToLive());
    }

    @Test
    void aRoomWhoseFirstOwnerHasGoneIsStillMade() {
        annMakes(false);
        assertThat(grant(USER).permissions()).isNotEmpty();
        change("user:bob", OWNER);
        change("user:ann", Standing.NONE.withRole(Role.MEMBER));
        change("user:ann", Standing.NONE);
        assertThat(grant(USER).permissions()).isNotEmpty();
        change("user:bob", Standing.NONE);
        assertThat(grant(USER).permissions()).isEmpty();
    }

    @Test
    void onlyUsersMakeRooms() {
        AccessPolicy policy = new MemberAccess(standings);
        assertThat(policy.hasMembers()).isTrue();
        assertThat(policy.refusalToMake(USER, GARDEN)).isNull();
        assertThat(policy.refusalToMake(GUEST, GARDEN)).contains("signed-in");
        assertThat(new ClaimedAccess(policy).hasMembers()).isTrue();
        assertThat(Access.OPEN.hasMembers()).isFalse();
    }
}
