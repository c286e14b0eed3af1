package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.ErasureScope;
import dev.parley.log.Page;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What members are sent of an entry whose content is erased, at moments of the test's choice. */
class ErasureTest extends RoomScenario {
    private static final ServerMessage FIRST_ERASED = new ServerMessage.Erased(ROOM, 1);

    @Test
    void membersAreNotified() {
        joins(50);
        await().until(guest::hasJoined);
        log.erases(1);
        await().until(() -> guest.told.contains(FIRST_ERASED));
    }

    @Test
    void aPageThatWasReadBeforeDoesNotBringTheContentBack() {
        log.answersLater = true;
        joins(50);
        rooms.history(guest, new ClientMessage.History(null, ROOM, null, null, 50));
        await().until(() -> log.reads.size() == 2);
        log.erases(1);
        log.reads.get(0).complete(new Page(List.of(entry(1), entry(2)), 2, false));
        log.reads.get(1).complete(new Page(List.of(entry(1), entry(2)), 2, false));
        await().until(() -> guest.told.size() == 2);
        assertThat(guest.told)
                .anySatisfy(message -> assertThat(message)
                        .isInstanceOfSatisfying(
                                ServerMessage.Joined.class,
                                joined -> assertThat(joined.entries())
                                        .containsExactly(entry(1).withoutContent(), entry(2))))
                .anySatisfy(message -> assertThat(message)
                        .isInstanceOfSatisfying(
                                ServerMessage.History.class,
                                page -> assertThat(page.entries())
                                        .containsExactly(entry(1).withoutContent(), entry(2))));
    }

    @Test
    void anAttachmentThatWasReadBeforeIsNotSent() {
        log.answersLater = true;
        fetches(1);
        fetches(2);
        fetches(3);
        log.erases(1);
        log.parts.get(0).complete(attachment(1));
        log.parts.get(1).complete(attachment(2));
        log.erasesAll(new ErasureScope.OfUser(ANN.id()), 0);
        log.parts.get(2).complete(attachment(3));
        ServerMessage erased =
                new ServerMessage.Error(null, ErrorCode.NOT_FOUND, "the content of this entry was erased");
        assertThat(guest.told)
                .containsExactly(
                        erased, new ServerMessage.Fetched(null, ROOM, 2, 5, 0, ByteBuffer.allocate(5)), erased);
    }

    @Test
    void whoCatchesUpGetsItWithoutContent() {
        log.answersLater = true;
        rooms.join(guest, new ClientMessage.Join(null, ROOM, 0L, null, 0));
        await().until(() -> log.reads.size() == 1);
        log.commits(new DeliveryTest.Speaker(), 1);
        log.erases(1);
        log.reads.get(0).complete(new Page(List.of(), 0, false));
        await().until(() -> log.reads.size() == 2);
        // As it was just before.
        log.reads.get(1).complete(new Page(List.of(entry(1)), 1, false));
        await().until(() -> guest.seqs().equals(List.of(1L)));
        assertThat(guest.told).contains(entry(1).withoutContent()).doesNotContain(entry(1));
    }

    @Test
    void aPageThatWasReadBeforeHasNothingOfAUserWhoIsErased() {
        pagesReadBefore(new ErasureScope.OfUser(ANN.id()), 0);
        assertThat(pages()).hasSize(2).allMatch(page -> page.equals(List.of(entry(1).withoutSender())));
    }

    @Test
    void aPageThatWasReadBeforeHasNothingOfARoomThatIsErased() {
        pagesReadBefore(new ErasureScope.OfRoom(ROOM), 0);
        assertThat(pages()).hasSize(2).allMatch(page -> page.equals(List.of(entry(1).withoutContent())));
    }

    @Test
    void whatIsSaidLaterIsNotErased() {
        pagesReadBefore(new ErasureScope.OfUser(ANN.id()), -1);
        assertThat(pages()).hasSize(2).allMatch(page -> page.equals(List.of(entry(1))));
    }

    private void pagesReadBefore(ErasureScope scope, long until) {
        log.answersLater = true;
        joins(50);
        rooms.history(guest, new ClientMessage.History(null, ROOM, null, null, 50));
        await().until(() -> log.reads.size() == 2);
        log.erasesAll(scope, until);
        log.reads.forEach(read -> read.complete(new Page(List.of(entry(1)), 1, false)));
        await().until(() -> guest.told.size() == 2);
    }

    private List<List<Entry>> pages() {
        return guest.told.stream()
                .map(message -> message instanceof ServerMessage.Joined joined
                        ? joined.entries()
                        : ((ServerMessage.History) message).entries())
                .toList();
    }

    @Test
    void anEntryThatTheRelayBringsLateHasNoContent() {
        joins(0);
        await().until(guest::hasJoined);
        log.erases(1);
        log.commits(new DeliveryTest.Speaker(), 1);
        await().until(() -> guest.seqs().equals(List.of(1L)));
        assertThat(guest.told).contains(entry(1).withoutContent());
    }
}
