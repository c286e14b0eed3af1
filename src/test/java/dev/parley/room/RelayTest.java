package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a room makes of what the relay brings, and of what it does not bring. */
class RelayTest extends RoomScenario {
    private final SilentRelay relay = new SilentRelay();

    @Override
    Relay relay() {
        return relay;
    }

    @Test
    void whatComesTwiceOrLateIsDroppedAndWhatComesBehindAGapIsReadFromTheLog() {
        joins(0);
        await().until(() -> guest.told.size() == 1);
        commits(1, 2, 3, 4);
        relay.brings(entry(1));
        relay.brings(entry(1));
        relay.brings(entry(4), entry(3));
        await().until(() -> guest.seqs().size() >= 4);
        relay.brings(entry(2));
        relay.brings(entry(4));
        commits(5);
        relay.brings(entry(5));
        await().until(() -> guest.seqs().contains(5L));
        assertThat(guest.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aGapThatIsFilledByTheRelayIsNotReadAgain() {
        joins(0);
        await().until(() -> guest.told.size() == 1);
        log.answersLater = true;
        log.has(3);
        relay.brings(entry(3));
        await().until(() -> log.reads.size() == 2);
        relay.brings(entry(2), entry(1));
        relay.brings(entry(2));
        await().until(() -> guest.seqs().equals(List.of(1L, 2L, 3L)));
        log.reads.get(1).complete(log.page(new Range.After(0, 200)));
        log.has(4);
        relay.brings(entry(4));
        await().until(() -> guest.seqs().contains(4L));
        assertThat(guest.seqs()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(log.reads).hasSize(2);
    }

    @Test
    void whatIsLostIsReadOnceForAllMembersWhenTheRelaySaysSo() {
        List<Guest> guests = Stream.generate(Guest::new).limit(50).toList();
        guests.forEach(each -> rooms.join(each, new ClientMessage.Join(null, ROOM, null, null, 0)));
        await().until(() -> guests.stream().allMatch(Guest::hasJoined));
        int pages = log.reads.size();
        commits(1, 2);
        relay.mayHaveLost();
        await().until(() -> guests.stream().allMatch(each -> each.seqs().equals(List.of(1L, 2L))));
        assertThat(log.reads).hasSize(pages + 1);
    }

    @Test
    void whatIsLostBetweenTheReadingOfAPageAndItsAnswerIsNotMissed() {
        log.answersLater = true;
        joins(0);
        await().until(() -> log.reads.size() == 1);
        Page before = log.page(new Range.Newest(0));
        log.has(1);
        relay.mayHaveLost();
        log.answersLater = false;
        log.reads.get(0).complete(before);
        await().until(() -> guest.seqs().equals(List.of(1L)));
    }

    /** The first page says that the log is further than what the relay has brought: the other member must not wait for that. */
    @Test
    void whatTheRelayLostBeforeTheFirstPageIsReadByWhoeverHasAnOlderPage() {
        log.answersLater = true;
        joins(0);
        Guest other = new Guest();
        rooms.join(other, new ClientMessage.Join(null, ROOM, null, null, 0));
        await().until(() -> log.reads.size() == 2);
        relay.brings(entry(1));
        log.has(3);
        log.answersLater = false;
        log.reads.get(0).complete(new Page(List.of(), 3, false));
        await().until(guest::hasJoined);
        log.reads.get(1).complete(new Page(List.of(), 1, false));
        await().until(() -> other.seqs().equals(List.of(2L, 3L)));
        assertThat(guest.seqs()).isEmpty();
    }

    @Test
    void aRoomThatCanNotReadWhatItMissedTriesAgain() {
        joins(0);
        await().until(() -> guest.told.size() == 1);
        log.answersLater = true;
        commits(1);
        relay.mayHaveLost();
        await().until(() -> log.reads.size() == 2);
        log.answersLater = false;
        log.reads.get(1).completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, "on purpose"));
        await().until(() -> guest.seqs().equals(List.of(1L)));
        assertThat(guest.lost).isEmpty();
    }

    /** It is lost then: it joins again, and learns that it can't resume. Who comes later is not held up. */
    @Test
    void whoMissesAnEntryThatTheRelayLostAndTheLogDeletedIsLost() {
        joins(0);
        await().until(() -> guest.told.size() == 1);
        log.answersLater = true;
        log.has(3);
        relay.mayHaveLost();
        await().until(() -> log.reads.size() == 2);
        log.reads.get(1).complete(new Page(List.of(entry(3)), 3, false, 3));
        await().until(() -> log.reads.size() == 3);
        log.reads.get(2).complete(new Page(List.of(entry(3)), 3, false, 3));
        await().until(() -> !guest.failedTurns.isEmpty());
        assertThat(guest.seqs()).isEmpty();
    }

    @Test
    void aRelayThatFailsKeepsNobodyFromBeingAnsweredOrTold() {
        joins(0);
        await().until(() -> guest.told.size() == 1);
        relay.failing = true;
        DeliveryTest.Speaker speaker = new DeliveryTest.Speaker();
        log.commits(speaker, 1);
        speaker.answeredBy.join();
        await().until(() -> guest.seqs().equals(List.of(1L)));
    }

    @Test
    void whoIsAnsweredBeforeTheRelayBringsTheEntryCanMarkItAsRead() {
        Guest reader = new Guest();
        Membership reading = rooms.join(reader, new ClientMessage.Join(null, ROOM, null, null, 0));
        joins(0);
        await().until(() -> guest.told.size() == 1);
        DeliveryTest.Speaker speaker = new DeliveryTest.Speaker();
        log.commits(speaker, 1);
        speaker.answeredBy.join();
        reading.read(1);
        await().until(() -> !guest.hinted.isEmpty());
        assertThat(guest.hinted).containsExactly(new ServerMessage.Read(ROOM, ANN.name(), 1));
        assertThat(guest.seqs()).isEmpty();
    }

    private void commits(long... seqs) {
        log.commits(new DeliveryTest.Speaker(), seqs);
    }
}
