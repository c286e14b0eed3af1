package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.ErasureScope;
import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange.Effect;
import dev.parley.log.UnreadRoom;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is invited by a role. */
abstract class RoleInvitationsContract extends RolesSetting {
    private static final UnreadRoom OF_ANN = new UnreadRoom(GARDEN, 0, ANN.name(), ANN.id());

    RoleInvitationsContract(DatabaseContract database) {
        super(database);
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
    void onlyARoleOfAUserWhoHadNoneInvites() {
        get(creates(ANN, false));
        assertThat(get(appoints(ANN, BOB, Role.MODERATOR)).effect()).isEqualTo(Effect.INVITED);
        assertThat(get(appoints(ANN, BOB, Role.MEMBER)).effect()).isEqualTo(Effect.CHANGED);
        assertThat(get(dismisses(ANN, BOB)).effect()).isEqualTo(Effect.CHANGED);
        assertThat(get(invites(ANN, BOB)).effect()).isEqualTo(Effect.INVITED);
        ModerationRequest ofServer = ModerationRequest.create(SERVER, LOBBY, BOB.id(), null, false);
        assertThat(get(log.moderate(ofServer)).effect()).isEqualTo(Effect.INVITED);
    }

    @Test
    void anOldReadMarkDoesNotHideANewInvitation() {
        get(creates(ANN, false));
        get(speaker.say(GARDEN, ANN, "a", "open to all"));
        log.mark(GARDEN, BOB, 1);
        get(invites(ANN, BOB));
        assertThat(get(log.unread(BOB))).containsExactly(OF_ANN);
        get(speaker.say(GARDEN, ANN, "b", "welcome"));
        assertThat(get(log.unread(BOB))).containsExactly(OF_ANN);
        log.mark(GARDEN, BOB, 2);
        get(speaker.say(GARDEN, ANN, "c", "the mark is written with this"));
        assertThat(get(log.unread(BOB))).isEmpty();
        get(dismisses(ANN, BOB));
        get(invites(ANN, BOB));
        assertThat(get(log.unread(BOB))).containsExactly(OF_ANN);
    }

    @Test
    void whoIsBannedIsNotInvited() {
        get(creates(ANN, false));
        get(invites(ANN, BOB));
        get(log.moderate(
                new ModerationRequest(ANN, GARDEN, ModerationAction.BAN, BOB.id(), null, List.of(), null, 60L, null)));
        assertThat(get(log.unread(BOB))).isEmpty();
        get(log.moderate(new ModerationRequest(
                ANN, GARDEN, ModerationAction.UNBAN, BOB.id(), null, List.of(), null, null, null)));
        assertThat(get(log.unread(BOB))).containsExactly(OF_ANN);
    }

    /** Ann has never written anything. */
    @Test
    void whoWasErasedInvitesNobody() {
        get(creates(ANN, false));
        get(invites(ANN, BOB));
        get(appoints(ANN, CLEO, Role.OWNER));
        get(log.eraseAll(new ErasureScope.OfUser(ANN.id())));
        assertThat(get(log.unread(BOB))).isEmpty();
        assertThat(role(BOB)).isEqualTo(Role.MEMBER);
        assertRefused(ErrorCode.FORBIDDEN, creates(BOB, false));
    }
}
