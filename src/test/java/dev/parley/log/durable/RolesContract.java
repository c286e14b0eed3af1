package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.unwrap;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingListener;
import dev.parley.log.StandingsChange;
import dev.parley.log.UnreadRoom;
import dev.parley.log.User;
import dev.parley.message.AuditEntry;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How rooms are made, and how their roles are kept. */
abstract class RolesContract {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final User SERVER = new User(User.beanKey(new UserName("server")), new UserName("server"));
    private static final User ANN = user("ann");
    private static final User BOB = user("bob");
    private static final User CLEO = user("cleo");

    private final DatabaseContract database;
    private GroupCommitLog log;
    private Speaker speaker;

    RolesContract(DatabaseContract database) {
        this.database = database;
    }

    private static User user(String id) {
        return new User(User.userKey(id), new UserName(id));
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        log = database.openLog(folder, StandingListener.NONE);
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private CompletionStage<StandingsChange> creates(User by, boolean closed) {
        return log.moderate(ModerationRequest.create(by, GARDEN, by.id(), by.name(), closed));
    }

    private CompletionStage<StandingsChange> invites(User by, User whom) {
        return log.moderate(ModerationRequest.ofRole(
                by, GARDEN, ModerationAction.INVITE, whom.id(), whom.name(), Role.MEMBER, null));
    }

    private CompletionStage<StandingsChange> appoints(User by, User whom, Role role) {
        return log.moderate(
                ModerationRequest.ofRole(by, GARDEN, ModerationAction.APPOINT, whom.id(), null, role, null));
    }

    private CompletionStage<StandingsChange> dismisses(User by, User whom) {
        return log.moderate(
                ModerationRequest.ofRole(by, GARDEN, ModerationAction.DISMISS, whom.id(), null, null, "why"));
    }

    private CompletionStage<StandingsChange> acts(User by, ModerationAction action) {
        return log.moderate(ModerationRequest.ofRoom(by, GARDEN, action, null, null));
    }

    private static void assertRefused(ErrorCode code, CompletionStage<?> stage) {
        assertThatThrownBy(() -> unwrap(stage))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(code));
    }

    private Role role(User of) {
        return get(log.standings(GARDEN))
                .byKey()
                .getOrDefault(of.key(), Standing.NONE)
                .role();
    }

    @Test
    void aRoomHasOneMakerWhoMayRepeatIt() {
        StandingsChange made = get(creates(ANN, true));
        assertThat(made.closed()).isTrue();
        assertThat(made.standings()).containsOnlyKeys(ANN.key());
        assertThat(role(ANN)).isEqualTo(Role.OWNER);
        assertThat(get(log.standings(GARDEN)).closed()).isTrue();
        assertThat(get(creates(ANN, true)).standings()).isEmpty();
        assertRefused(ErrorCode.FORBIDDEN, creates(ANN, false));
        assertRefused(ErrorCode.FORBIDDEN, creates(BOB, true));
        assertThat(role(BOB)).isNull();
    }

    @Test
    void onlyTheApplicationMakesARoomThatHasEntries() {
        get(speaker.say(LOBBY, BOB, "a", "x"));
        ModerationRequest ofBob = ModerationRequest.create(BOB, LOBBY, BOB.id(), BOB.name(), false);
        assertRefused(ErrorCode.FORBIDDEN, log.moderate(ofBob));
        get(log.moderate(ModerationRequest.create(SERVER, LOBBY, ANN.id(), null, true)));
        assertThat(get(log.standings(LOBBY)).byKey().get(ANN.key()).role()).isEqualTo(Role.OWNER);
        assertRefused(ErrorCode.FORBIDDEN, log.moderate(ofBob));
    }

    @Test
    void onlyUsersHaveRoles() {
        get(creates(ANN, false));
        CallerId guest = new CallerId(Caller.Kind.GUEST, "g");
        assertRefused(
                ErrorCode.FORBIDDEN,
                log.moderate(ModerationRequest.ofRole(
                        ANN, GARDEN, ModerationAction.INVITE, guest, null, Role.MEMBER, null)));
    }

    @Test
    void ownersDoWhatModeratorsMayNot() {
        get(creates(ANN, true));
        get(invites(ANN, BOB));
        assertThat(role(BOB)).isEqualTo(Role.MEMBER);
        assertRefused(ErrorCode.FORBIDDEN, appoints(BOB, CLEO, Role.OWNER));
        get(appoints(ANN, BOB, Role.MODERATOR));
        get(invites(BOB, CLEO));
        for (CompletionStage<?> refused : List.of(
                appoints(BOB, CLEO, Role.MODERATOR),
                acts(BOB, ModerationAction.OPEN),
                acts(BOB, ModerationAction.CLOSE),
                dismisses(BOB, ANN))) {
            assertRefused(ErrorCode.FORBIDDEN, refused);
        }
        get(appoints(ANN, CLEO, Role.MODERATOR));
        assertRefused(ErrorCode.FORBIDDEN, dismisses(BOB, CLEO));
        get(dismisses(ANN, CLEO));
        assertRefused(ErrorCode.NOT_FOUND, dismisses(ANN, CLEO));
        get(dismisses(BOB, BOB));
        assertThat(get(log.standings(GARDEN)).byKey()).containsOnlyKeys(ANN.key());
        assertThat(get(acts(ANN, ModerationAction.OPEN)).closed()).isFalse();
        assertThat(get(acts(SERVER, ModerationAction.CLOSE)).closed()).isTrue();
    }

    @Test
    void theLastOwnerStays() {
        get(creates(ANN, false));
        assertRefused(ErrorCode.FORBIDDEN, appoints(ANN, ANN, Role.MEMBER));
        assertRefused(ErrorCode.FORBIDDEN, dismisses(ANN, ANN));
        assertRefused(ErrorCode.FORBIDDEN, dismisses(SERVER, ANN));
        get(appoints(ANN, BOB, Role.OWNER));
        assertRefused(ErrorCode.FORBIDDEN, appoints(BOB, ANN, Role.MEMBER));
        CompletionStage<?> one = appoints(ANN, ANN, Role.MEMBER);
        CompletionStage<?> other = dismisses(BOB, BOB);
        get(one);
        assertRefused(ErrorCode.FORBIDDEN, other);
        assertThat(role(ANN)).isEqualTo(Role.MEMBER);
        assertThat(role(BOB)).isEqualTo(Role.OWNER);
    }

    @Test
    void whoIsInvitedAgainKeepsTheRole() {
        get(creates(ANN, false));
        get(appoints(ANN, BOB, Role.MODERATOR));
        assertThat(get(invites(ANN, BOB)).standings()).isEmpty();
        get(invites(ANN, ANN));
        assertThat(role(BOB)).isEqualTo(Role.MODERATOR);
        assertThat(role(ANN)).isEqualTo(Role.OWNER);
    }

    @Test
    void aBannedUserGetsNoRoleAndABanLeavesTheRole() {
        get(creates(ANN, false));
        ModerationRequest ban =
                new ModerationRequest(ANN, GARDEN, ModerationAction.BAN, BOB.id(), null, List.of(), null, 60L, null);
        get(log.moderate(ban));
        assertRefused(ErrorCode.FORBIDDEN, invites(ANN, BOB));
        get(log.moderate(new ModerationRequest(
                ANN, GARDEN, ModerationAction.UNBAN, BOB.id(), null, List.of(), null, null, null)));
        get(invites(ANN, BOB));
        get(log.moderate(ban));
        assertThat(role(BOB)).isEqualTo(Role.MEMBER);
        assertThat(get(log.unread(BOB))).hasSize(1);
        get(dismisses(ANN, BOB));
        assertThat(get(log.standings(GARDEN)).byKey().get(BOB.key()).bannedUntil())
                .isNotNull();
        assertThat(get(log.unread(BOB))).isEmpty();
    }

    @Test
    void anInvitationIsPendingUntilTheUserHasReadTheRoom() {
        get(creates(ANN, false));
        get(invites(ANN, BOB));
        UnreadRoom invitation = new UnreadRoom(GARDEN, 0, ANN.name(), ANN.id());
        assertThat(get(log.unread(BOB))).containsExactly(invitation);
        assertThat(get(log.unread(ANN))).isEmpty();
        get(speaker.say(GARDEN, ANN, "a", "welcome"));
        assertThat(get(log.unread(BOB))).containsExactly(invitation);
        log.mark(GARDEN, BOB, 1);
        assertThat(get(log.unread(BOB))).isEmpty();
        get(speaker.say(GARDEN, ANN, "b", "the mark is written with this"));
        assertThat(get(log.unread(BOB))).isEmpty();
    }

    @Test
    void aUserMakesAThousandRooms() {
        CompletionStage<?> last = null;
        for (int i = 0; i <= Standings.MOST_MADE; i++) {
            last = log.moderate(ModerationRequest.create(ANN, new RoomName("room-" + i), ANN.id(), ANN.name(), false));
            if (i % 500 == 0) {
                get(last.handle((made, failure) -> true));
            }
        }
        assertRefused(ErrorCode.FORBIDDEN, last);
        get(creates(BOB, false));
        get(appoints(BOB, ANN, Role.OWNER));
    }

    @Test
    void eachActionIsInTheAuditLogWithTheRole() {
        get(creates(ANN, true));
        get(invites(ANN, BOB));
        get(appoints(ANN, BOB, Role.OWNER));
        get(dismisses(BOB, BOB));
        List<AuditEntry> audit = get(log.audit(0, 10));
        assertThat(audit)
                .extracting(AuditEntry::action)
                .containsExactly(
                        ModerationAction.CREATE,
                        ModerationAction.CLOSE,
                        ModerationAction.INVITE,
                        ModerationAction.APPOINT,
                        ModerationAction.DISMISS);
        assertThat(audit).extracting(AuditEntry::role).containsExactly(Role.OWNER, null, Role.MEMBER, Role.OWNER, null);
        assertThat(audit.get(3).whom()).isEqualTo(BOB.id());
        assertThat(audit.get(4).reason()).isEqualTo("why");
    }
}
