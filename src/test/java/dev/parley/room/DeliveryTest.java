package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Draft;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which thread tells what, and what is told where something is missing or throws. */
class DeliveryTest extends RoomScenario {
    @Test
    void theFirstPageIsReadOnTheLoopOfItsRoomWhereverThePageBeforeEnded() {
        guest.turnsBeginLater = true;
        joins(0);
        await().until(() -> guest.turns.size() == 1);
        guest.turns.get(0).begin();
        await().until(() -> log.readBy.size() == 1);
        assertThat(threads).contains(log.readBy.get(0));
    }

    @Test
    void whoSpokeInARoomThatIsEmptyNowIsAnsweredOnALoop() {
        Speaker committed = new Speaker();
        Speaker refused = new Speaker();
        log.commits(committed, 1);
        log.refuses(refused);
        assertThat(threads).contains(committed.answeredBy.join(), refused.answeredBy.join());
    }

    /** An error would say that nothing was stored. A member that comes back says it again, under the same id. */
    @Test
    void aSenderOfWhichItIsUnknownWhetherItsMessageIsStoredHasToComeBack() {
        Membership membership = rooms.join(guest, new ClientMessage.Join(null, ROOM, null, null, 0));
        await().until(guest::hasJoined);
        membership.say(new ClientMessage.Say(null, ROOM, "1", entry(1).body()), result -> {});
        log.endsInDoubt();

        await().until(membership::isAnswered);
        assertThat(guest.lost).hasSize(1);
        assertThat(guest.told).hasSize(1);
    }

    /** A member may be in many rooms for days, and a message may be large. */
    @Test
    void aMessageIsNotKeptForItsSenderOnceItIsAnswered() {
        Membership membership = rooms.join(guest, new ClientMessage.Join(null, ROOM, null, null, 0));
        await().until(guest::hasJoined);
        WeakReference<ClientMessage.Stored> message = says(membership);
        log.commits(log.appended.get(0).outcome(), 1);
        await().until(membership::isAnswered);

        await().until(() -> {
            System.gc();
            return message.get() == null;
        });
        assertThat(membership.isAnswered()).isTrue();
    }

    private static WeakReference<ClientMessage.Stored> says(Membership membership) {
        ClientMessage.Stored message = new ClientMessage.Say(null, ROOM, "1", entry(1).body());
        membership.say(message, result -> {});
        return new WeakReference<>(message);
    }

    @Test
    void aMemberWhoCannotBeToldItsPageIsLostInsteadOfLeftWithoutAnswer() {
        guest.throwing = true;
        joins(0);
        await().until(() -> guest.failedTurns.size() == 1);
    }

    @Test
    void aMemberWhoseJoinCannotEvenBeginIsLostInsteadOfLeftWithoutAnswer() {
        guest.turnsThrow = true;
        joins(0);
        await().until(() -> guest.lost.size() == 1);
    }

    @Test
    void aMemberWhoCannotBeToldAnEntryIsLostAndTheOthersAreTold() {
        joins(0);
        Guest other = new Guest();
        rooms.join(other, new ClientMessage.Join(null, ROOM, null, null, 0));
        await().until(() -> guest.told.size() == 1 && other.told.size() == 1);
        guest.throwing = true;
        log.commits(new Speaker(), 1);
        await().until(() -> other.seqs().equals(List.of(1L)));
        await().until(() -> guest.lost.size() == 1);
    }

    @Test
    void aSenderWhoCannotBeAnsweredKeepsNobodyFromBeingTold() {
        joins(0);
        await().until(() -> guest.told.size() == 1);
        log.commits(
                new Speaker() {
                    @Override
                    public void said(Entry entry) {
                        throw new AssertionError("on purpose");
                    }
                },
                1);
        await().until(() -> guest.seqs().equals(List.of(1L)));
    }

    @Test
    void whatIsMissingInABatchIsReadFromTheLogByThoseWhoAreLive() {
        joins(0);
        await().until(() -> guest.told.size() == 1);
        log.commits(new Speaker(), 1, 3);
        await().until(() -> guest.seqs().size() >= 3);
        assertThat(guest.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatIsMissingAmongTheNewestEntriesIsReadFromTheLogByWhoeverCatchesUp() {
        log.answersLater = true;
        joins(0);
        await().until(() -> log.reads.size() == 1);
        log.commits(new Speaker(), 1);
        log.commits(new Speaker(), 3);
        log.reads.get(0).complete(new Page(List.of(), 0, false));
        await().until(() -> log.reads.size() == 2 || guest.seqs().size() >= 2);
        log.reads.get(1).complete(log.page(new Range.After(0, 200)));
        await().until(() -> guest.seqs().size() >= 3);
        assertThat(guest.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoTypesAllTheTimeIsToldOfOnceInAWhile() {
        Membership typing = rooms.join(new Guest(), new ClientMessage.Join(null, ROOM, null, null, 0));
        joins(0);
        await().until(() -> guest.told.size() == 1);
        for (int i = 0; i < 50; i++) {
            typing.typing();
        }
        typing.leave(new ServerMessage.Left(null, ROOM));
        await().until(() -> ((Guest) typing.member).told.size() == 2);
        assertThat(guest.hinted).hasSize(1);
    }

    static class Speaker implements Draft.Outcome {
        final CompletableFuture<Thread> answeredBy = new CompletableFuture<>();

        @Override
        public void said(Entry entry) {
            answeredBy.complete(Thread.currentThread());
        }

        @Override
        public void refused(ParleyException why) {
            answeredBy.complete(Thread.currentThread());
        }

        @Override
        public void unknown(ParleyException why) {
            answeredBy.complete(Thread.currentThread());
        }
    }
}
