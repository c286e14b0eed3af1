package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Page;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A join while others talk, with a log that answers when the test says so: what a disk does at moments of its own. */
class JoinTest extends RoomScenario {
    @BeforeEach
    void answerLater() {
        log.answersLater = true;
    }

    @Test
    void whatIsSaidBetweenTheReadingOfThePageAndTheAnswerFollowsIt() {
        joins(0);
        await().until(() -> log.reads.size() == 1);
        log.commits(new DeliveryTest.Speaker(), 3);
        log.reads.get(0).complete(new Page(List.of(), 2, false));
        await().until(() -> guest.told.size() == 2);
        assertThat(((ServerMessage.Joined) guest.told.get(0)).seq()).isEqualTo(2);
        assertThat(guest.told.get(1)).isEqualTo(entry(3));
    }

    @Test
    void whatIsOnThePageDoesNotFollowIt() {
        joins(50);
        await().until(() -> log.reads.size() == 1);
        log.commits(new DeliveryTest.Speaker(), 1);
        log.reads.get(0).complete(new Page(List.of(entry(1)), 1, false));
        log.commits(new DeliveryTest.Speaker(), 2);
        await().until(() -> guest.told.size() == 2);
        ServerMessage.Joined joined = (ServerMessage.Joined) guest.told.get(0);
        assertThat(joined.seq()).isEqualTo(1);
        assertThat(joined.entries()).containsExactly(entry(1));
        assertThat(guest.told.get(1)).isEqualTo(entry(2));
    }

    @Test
    void whoCanNotResumeBecauseEntriesWereDeletedGetsTheNewestPage() {
        rooms.join(guest, new ClientMessage.Join(null, ROOM, 5L, null, 50));
        await().until(() -> log.reads.size() == 1);
        log.reads.get(0).complete(new Page(List.of(entry(7), entry(8)), 8, false, 7));
        await().until(() -> log.reads.size() == 2);
        log.reads.get(1).complete(new Page(List.of(entry(8)), 8, true, 7));
        await().until(() -> guest.told.size() == 1);
        ServerMessage.Joined joined = (ServerMessage.Joined) guest.told.get(0);
        assertThat(joined.recovered()).isFalse();
        assertThat(joined.oldest()).isEqualTo(7);
        assertThat(joined.entries()).containsExactly(entry(8));
    }

    @Test
    void whoMissesOnlyEntriesThatAreKeptResumes() {
        rooms.join(guest, new ClientMessage.Join(null, ROOM, 6L, null, 50));
        await().until(() -> log.reads.size() == 1);
        log.reads.get(0).complete(new Page(List.of(entry(7), entry(8)), 8, false, 7));
        await().until(() -> guest.told.size() == 1);
        ServerMessage.Joined joined = (ServerMessage.Joined) guest.told.get(0);
        assertThat(joined.recovered()).isTrue();
        assertThat(joined.entries()).containsExactly(entry(7), entry(8));
    }

    /** Today's rules let nobody make such a room, but it was made under earlier ones, or by an application. */
    @Test
    void aRoomThatIsInTheLogKeepsItsName() {
        ClientMessage.Join dots = new ClientMessage.Join(null, new RoomName("..."), null, null, 0);
        rooms.join(guest, dots);
        await().until(() -> log.reads.size() == 1);
        log.reads.get(0).complete(new Page(List.of(), 0, false));
        await().until(() -> guest.told.size() == 1);
        assertThat(((ServerMessage.Error) guest.told.get(0)).code()).isEqualTo(ErrorCode.BAD_REQUEST);

        rooms.join(guest, dots);
        await().until(() -> log.reads.size() == 2);
        log.reads.get(1).complete(new Page(List.of(), 1, false));
        await().until(() -> guest.told.size() == 2);
        assertThat(((ServerMessage.Joined) guest.told.get(1)).room()).isEqualTo(dots.room());
    }
}
