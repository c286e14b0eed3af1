package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.unwrap;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.log.StandingsChange.Effect;
import dev.parley.message.AuditEntry;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How rooms are made, and how their roles are kept. */
abstract class RolesContract extends RolesSetting {
    RolesContract(DatabaseContract database) {
        super(database);
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
        assertThat(get(log.unread(BOB))).isEmpty();
        get(dismisses(ANN, BOB));
        assertThat(get(log.standings(GARDEN)).byKey().get(BOB.key()).bannedUntil())
                .isNotNull();
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
        RoomName first = new RoomName("room-0");
        get(log.moderate(
                ModerationRequest.ofRole(ANN, first, ModerationAction.APPOINT, CLEO.id(), null, Role.OWNER, null)));
        get(log.moderate(ModerationRequest.ofRole(ANN, first, ModerationAction.DISMISS, ANN.id(), null, null, null)));
        assertRefused(
                ErrorCode.FORBIDDEN,
                log.moderate(ModerationRequest.create(ANN, new RoomName("more"), ANN.id(), ANN.name(), false)));
        get(log.moderate(ModerationRequest.create(SERVER, new RoomName("more"), ANN.id(), null, false)));
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

    /** Otherwise a stranger would be the owner of what the application has begun. */
    @Test
    void aUserMakesNoRoomThatHasAStandingOrASetting() {
        get(acts(SERVER, ModerationAction.CLOSE));
        assertThatThrownBy(() -> unwrap(creates(CLEO, false))).hasMessage("there is a room garden already");
        get(acts(SERVER, ModerationAction.OPEN));
        get(invites(SERVER, BOB));
        assertThatThrownBy(() -> unwrap(creates(CLEO, false))).hasMessage("there is a room garden already");
        assertRefused(ErrorCode.FORBIDDEN, creates(BOB, false));
        get(dismisses(SERVER, BOB));
        get(log.moderate(ModerationRequest.ofRoom(SERVER, GARDEN, ModerationAction.SLOW, 5L, null)));
        assertRefused(ErrorCode.FORBIDDEN, creates(CLEO, false));
        get(log.moderate(ModerationRequest.ofRoom(SERVER, GARDEN, ModerationAction.SLOW, 0L, null)));
        get(creates(CLEO, false));
        assertThat(role(CLEO)).isEqualTo(Role.OWNER);
    }

    @Test
    void whatChangesNothingIsNotInTheAuditLog() {
        for (int i = 0; i < 2; i++) {
            Effect effect = i == 0 ? Effect.CHANGED : Effect.NOTHING;
            assertThat(get(creates(ANN, true)).effect()).isEqualTo(effect);
        }
        get(appoints(ANN, BOB, Role.MODERATOR));
        for (CompletionStage<StandingsChange> repeated :
                List.of(acts(ANN, ModerationAction.CLOSE), invites(ANN, BOB), appoints(ANN, BOB, Role.MODERATOR))) {
            assertThat(get(repeated).effect()).isEqualTo(Effect.NOTHING);
        }
        get(acts(ANN, ModerationAction.OPEN));
        assertThat(get(acts(ANN, ModerationAction.OPEN)).effect()).isEqualTo(Effect.NOTHING);
        assertThat(get(log.audit(0, 10)))
                .extracting(AuditEntry::action)
                .containsExactly(
                        ModerationAction.CREATE,
                        ModerationAction.CLOSE,
                        ModerationAction.APPOINT,
                        ModerationAction.OPEN);
    }

    @Test
    void theMuteOfAUserWhoBecomesAnOwnerEnds() {
        get(creates(ANN, false));
        get(log.moderate(new ModerationRequest(
                ANN, GARDEN, ModerationAction.MUTE, BOB.id(), null, List.of("10.0.0.1"), null, null, null)));
        get(appoints(ANN, BOB, Role.MODERATOR));
        assertThat(get(log.standings(GARDEN)).byKey()).hasSize(3);
        Map<String, Standing> changed = get(appoints(ANN, BOB, Role.OWNER)).standings();
        assertThat(changed).containsEntry(Standings.addressKey("10.0.0.1"), Standing.NONE);
        assertThat(changed.get(BOB.key())).isEqualTo(Standing.NONE.withRole(Role.OWNER));
        assertThat(get(log.standings(GARDEN)).byKey()).containsOnlyKeys(ANN.key(), BOB.key());
    }
}
