package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.ErasureScope;
import dev.parley.log.MessageLog;
import dev.parley.log.UnreadRoom;
import dev.parley.log.User;
import dev.parley.message.RoomName;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class DirectRoomsContract {
    private static final User CLEO = Speaker.user("cleo");
    private static final RoomName ANN_AND_BOB = RoomName.direct("ann", "bob");
    private static final RoomName BOB_AND_CLEO = RoomName.direct("cleo", "bob");

    private final DatabaseContract contract;
    private Database database;
    private GroupCommitLog log;
    private Speaker speaker;

    DirectRoomsContract(DatabaseContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        database = contract.open(folder, threads);
        log = GroupCommitLog.open(database, threads);
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void says(RoomName room, User from, String text) {
        get(speaker.say(room, from, null, text));
    }

    @Test
    void aDirectRoomIsUnreadForTheOtherUserAlone() {
        says(ANN_AND_BOB, ANN, "hi");
        says(LOBBY, ANN, "to all");
        assertThat(get(log.unread(BOB))).containsExactly(new UnreadRoom(ANN_AND_BOB, 1, ANN.name(), ANN.id()));
        assertThat(get(log.unread(ANN))).isEmpty();
        assertThat(get(log.unread(CLEO))).isEmpty();
        assertThat(get(log.unread(new User("guest:bob", BOB.name())))).isEmpty();
        assertThat(get(log.unread(new User("bean:bob", BOB.name())))).isEmpty();
    }

    @Test
    void theRoomWithTheNewestEntryComesFirst() {
        says(ANN_AND_BOB, ANN, "hi");
        await().until(() -> {
            says(BOB_AND_CLEO, CLEO, "hello");
            return get(log.unread(BOB)).get(0).room().equals(BOB_AND_CLEO);
        });
        await().until(() -> {
            says(ANN_AND_BOB, ANN, "who is it?");
            return get(log.unread(BOB)).get(0).room().equals(ANN_AND_BOB);
        });
        assertThat(get(log.unread(BOB)).get(0).from()).isEqualTo(ANN.name());
    }

    @Test
    void anOwnEntryMakesNothingUnreadAndHidesNoneOfTheOther() {
        says(ANN_AND_BOB, ANN, "hi");
        says(ANN_AND_BOB, BOB, "hello");
        says(ANN_AND_BOB, BOB, "what is it?");
        assertThat(get(log.unread(BOB))).containsExactly(new UnreadRoom(ANN_AND_BOB, 1, ANN.name(), ANN.id()));
        assertThat(get(log.unread(ANN))).containsExactly(new UnreadRoom(ANN_AND_BOB, 3, BOB.name(), BOB.id()));
        log.mark(ANN_AND_BOB, BOB, 1);
        await().until(() -> get(log.unread(BOB)).isEmpty());
    }

    @Test
    void nobodyIsInvitedBySomebodyWhoWasErasedAndTheOtherRoomsStayUnread() {
        says(ANN_AND_BOB, ANN, "hi");
        says(BOB_AND_CLEO, CLEO, "hello");
        get(log.eraseAll(new ErasureScope.OfUser(ANN.id())));
        assertThat(get(log.unread(BOB))).extracting(UnreadRoom::room).containsExactly(BOB_AND_CLEO);
    }

    @Test
    void anEntryOfTheApplicationIsUnreadForBoth() {
        User bean = new User("bean:bob", BOB.name());
        says(ANN_AND_BOB, bean, "a notice");
        UnreadRoom unread = new UnreadRoom(ANN_AND_BOB, 1, bean.name(), bean.id());
        assertThat(get(log.unread(ANN))).containsExactly(unread);
        assertThat(get(log.unread(BOB))).containsExactly(unread);
    }

    @Test
    void aRoomThatIsReadIsLeftOutUntilItHasANewEntry() throws Exception {
        says(ANN_AND_BOB, ANN, "hi");
        log.mark(ANN_AND_BOB, BOB, 1);
        // The mark counts before it is stored, and after that.
        await().until(() -> get(log.unread(BOB)).isEmpty());
        try (Reader stored = database.reader()) {
            await().until(() -> stored.unread(BOB.key()).isEmpty());
        }
        says(ANN_AND_BOB, ANN, "are you there?");
        assertThat(get(log.unread(BOB))).extracting(UnreadRoom::seq).containsExactly(2L);
    }

    @Test
    void anEntryThatIsSentAgainMakesNothingUnread() {
        get(speaker.say(ANN_AND_BOB, ANN, "once", "hi"));
        get(speaker.say(ANN_AND_BOB, ANN, "once", "hi"));
        assertThat(get(log.unread(BOB))).extracting(UnreadRoom::seq).containsExactly(1L);
    }

    @Test
    void theAnswerIsBounded() {
        CompletableFuture<?>[] said = IntStream.rangeClosed(0, MessageLog.MOST_UNREAD)
                .mapToObj(i -> speaker.say(RoomName.direct("bob", "u" + i), Speaker.user("u" + i), null, "hi"))
                .toArray(CompletableFuture<?>[]::new);
        get(CompletableFuture.allOf(said));
        assertThat(get(log.unread(BOB))).hasSize(MessageLog.MOST_UNREAD);
    }

    @Test
    void joiningAndReadingMakeNoRoom() throws Exception {
        log.mark(ANN_AND_BOB, BOB, 1);
        says(LOBBY, ANN, "x");
        assertThat(get(log.unread(BOB))).isEmpty();
        try (Reader stored = database.reader()) {
            assertThat(stored.marks(ANN_AND_BOB)).isEmpty();
        }
    }
}
