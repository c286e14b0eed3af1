package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Page;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.ServerMessage;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A member whose permissions change: while it joins, while it is there, and while a page is read for it. */
class PutOutTest extends RoomScenario {
    private static final ParleyException WHY = new ParleyException(ErrorCode.FORBIDDEN, "not here");
    private static final ClientMessage.Join JOIN = new ClientMessage.Join(null, ROOM, null, null, 0);
    private static final ServerMessage.Left LEFT = new ServerMessage.Left(null, ROOM, "not here");
    private static final ServerMessage.Error REFUSED = new ServerMessage.Error(null, ErrorCode.FORBIDDEN, "not here");

    @Test
    void aMemberHearsThatItIsOutAndNothingAfterThat() {
        Membership membership = rooms.join(guest, JOIN);
        await().until(guest::hasJoined);

        membership.putOut(WHY);
        await().until(() -> guest.told.contains(LEFT));
        log.commits(new DeliveryTest.Speaker(), 1);
        members();

        assertThat(guest.told).endsWith(LEFT);
        assertThat(guest.seqs()).isEmpty();
    }

    @Test
    void aJoinWithoutAnAnswerIsRefusedOnce() {
        log.answersLater = true;
        Membership membership = rooms.join(guest, JOIN);
        await().until(() -> log.reads.size() == 1);

        membership.putOut(WHY);
        log.reads.get(0).complete(new Page(List.of(), 0, false));
        await().until(() -> membership.isDecided());
        members();

        assertThat(guest.told).containsExactly(REFUSED);
        assertThat(membership.isRefused()).isTrue();
    }

    @Test
    void whoHasLeftAlreadyHearsNothing() {
        Membership membership = rooms.join(guest, JOIN);
        await().until(guest::hasJoined);
        ServerMessage.Left asked = new ServerMessage.Left(null, ROOM);

        membership.leave(asked);
        membership.putOut(WHY);
        membership.granted();
        await().until(() -> guest.told.contains(asked));
        members();

        assertThat(guest.told).endsWith(asked).doesNotContain(LEFT);
    }

    @Test
    void aMemberThatStaysHearsWhatItMayDo() {
        guest.permissions = EnumSet.of(Permission.READ, Permission.SAY);
        Membership membership = rooms.join(guest, JOIN);
        await().until(guest::hasJoined);
        assertThat(((ServerMessage.Joined) guest.told.get(0)).may()).isEqualTo(guest.permissions);

        guest.permissions = EnumSet.of(Permission.READ);
        membership.granted();

        await().until(() -> guest.told.contains(new ServerMessage.Granted(ROOM, guest.permissions)));
    }

    @Test
    void aPageThatMayNotBeReadWhenItsTurnComesIsNotRead() {
        guest.turnsBeginLater = true;
        asksForHistory();
        guest.refusal = WHY;

        guest.turns.get(0).begin();

        assertThat(guest.told).containsExactly(REFUSED);
        assertThat(log.reads).isEmpty();
    }

    @Test
    void aPageThatMayNotBeReadAnyMoreWhenItIsThereIsNotSent() {
        log.answersLater = true;
        log.has(3);
        asksForHistory();
        guest.refusal = WHY;

        CompletableFuture<Page> read = log.reads.get(0);
        read.complete(new Page(List.of(entry(3)), 3, false));

        assertThat(guest.told).containsExactly(REFUSED);
    }

    @Test
    void anAttachmentThatMayNotBeReadWhenItsTurnComesIsNotRead() {
        guest.turnsBeginLater = true;
        fetches(1);
        guest.refusal = WHY;

        guest.turns.get(0).begin();

        assertThat(guest.told).containsExactly(REFUSED);
        assertThat(log.parts).isEmpty();
    }

    @Test
    void anAttachmentThatMayNotBeReadAnyMoreWhenItIsThereIsNotSent() {
        log.answersLater = true;
        fetches(1);
        guest.refusal = WHY;

        log.parts.get(0).complete(attachment(1));

        assertThat(guest.told).containsExactly(REFUSED);
    }

    /** Many requests may come before the first answer counts. */
    @Test
    void whatExceedsTheQuotaWhenItsTurnComesIsNotRead() {
        guest.turnsBeginLater = true;
        fetches(1);
        asksForHistory();
        guest.overQuota = true;

        guest.turns.forEach(Member.PageTurn::begin);

        assertThat(guest.told)
                .hasSize(2)
                .allSatisfy(message -> assertThat(message)
                        .isInstanceOfSatisfying(
                                ServerMessage.Error.class,
                                error -> assertThat(error.code()).isEqualTo(ErrorCode.TOO_FAST)));
        assertThat(log.parts).isEmpty();
        assertThat(log.reads).isEmpty();
    }

    private void asksForHistory() {
        rooms.history(guest, new ClientMessage.History(null, ROOM, null, null, 50));
    }

    /** What was queued for the room's loop before has run then, where the room is still there. */
    private void members() {
        rooms.callers(ROOM).toCompletableFuture().join();
    }
}
