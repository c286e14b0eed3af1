package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.DraftListener;
import dev.parley.log.EntryListener;
import dev.parley.log.StandingListener;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the writer makes of the failures of a database in memory. It runs on the test's thread, with a queue that is closed:
 * so it ends when all is written.
 */
class WriterTest implements DraftListener, EntryListener {
    private final MemoryDatabase database = new MemoryDatabase();
    private final WriteQueue queue = new WriteQueue();
    private final List<String> events = new ArrayList<>();
    private boolean moreComes;
    /** Run when the first batch is stored. */
    private Runnable onceStored = () -> {};

    private final Writer writer = new Writer(
            database,
            queue,
            new Sweep(Retention.FOREVER, deleted -> {}),
            StandingListener.NONE,
            () -> events.add("ended"));

    WriterTest() {
        writer.start(this, this);
    }

    @Override
    public void stored(List<Appended> batch) {
        Runnable next = onceStored;
        onceStored = () -> {};
        next.run();
        batch.forEach(each -> events.add((each.repeated() ? "repeated " : "stored ") + id(each.draft()) + " as "
                + each.entry().seq()));
    }

    @Override
    public void added(List<Entry> entries) {
        events.add("added " + entries.stream().map(Entry::seq).toList());
    }

    @Override
    public void refused(List<Draft> drafts, ParleyException why) {
        assertThat(why.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        drafts.forEach(draft -> events.add("refused " + id(draft)));
    }

    @Override
    public void unknown(List<Draft> drafts, ParleyException why) {
        assertThat(why.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        drafts.forEach(draft -> events.add("unknown " + id(draft)));
    }

    private static String id(Draft draft) {
        return draft.id().value();
    }

    private void say(User from, String... ids) {
        for (String id : ids) {
            queue.put(new Draft(LOBBY, from, new DraftId(id, true), new Body.Text(id), Speaker.UNHEARD));
        }
    }

    /** This comes while the first batch is appended, and is the last. */
    private void comesMeanwhile(User from, String... ids) {
        moreComes = true;
        database.meanwhile = () -> {
            say(from, ids);
            queue.close();
        };
    }

    private void writesAll() {
        if (!moreComes) {
            queue.close();
        }
        writer.run();
        assertThat(events).last().isEqualTo("ended");
        events.remove(events.size() - 1);
    }

    @Test
    void whatWaitsIsOneTransactionAndItsSendersAreAnsweredBeforeOthersHearOfIt() {
        say(ANN, "a", "b");
        writesAll();
        assertThat(events).containsExactly("stored a as 1", "stored b as 2", "added [1, 2]");
        assertThat(database.commits).isEqualTo(1);
    }

    @Test
    void whatComesWhileABatchIsAppendedSharesItsCommit() {
        comesMeanwhile(BOB, "c", "d");
        say(ANN, "a", "b");
        writesAll();
        assertThat(events)
                .containsExactly(
                        "stored a as 1", "stored b as 2", "stored c as 3", "stored d as 4", "added [1, 2, 3, 4]");
        assertThat(database.appended).containsExactly(2, 2);
        assertThat(database.commits).isEqualTo(1);
    }

    @Test
    void aRepeatedDraftIsAnsweredAndNobodyElseHearsOfIt() {
        say(ANN, "a", "a");
        writesAll();
        assertThat(events).containsExactly("stored a as 1", "repeated a as 1", "added [1]");
    }

    @Test
    void oneThatCanNotBeStoredIsFoundByHalvesAndTheOthersKeepTheirOrder() {
        String[] ids =
                IntStream.range(0, 8).mapToObj(i -> i == 5 ? "odd" : "m" + i).toArray(String[]::new);
        say(ANN, ids);
        writesAll();
        assertThat(events)
                .filteredOn(event -> !event.startsWith("added"))
                .containsExactly(
                        "stored m0 as 1",
                        "stored m1 as 2",
                        "stored m2 as 3",
                        "stored m3 as 4",
                        "stored m4 as 5",
                        "refused odd",
                        "stored m6 as 6",
                        "stored m7 as 7");
        assertThat(database.appended).containsExactly(8, 4, 4, 2, 1, 1, 2);
        assertThat(database.appenders).isEqualTo(1);
    }

    @Test
    void halvesAreFoundOnANewConnectionWhereTheRollbackFails() {
        database.fails("rollback", new SQLException("on purpose"));
        say(ANN, "a", "odd");
        writesAll();
        assertThat(events).containsExactly("stored a as 1", "added [1]", "refused odd");
        assertThat(database.appenders).isEqualTo(2);
    }

    @Test
    void anUncheckedExceptionCountsAsTroubleWithOneRow() {
        database.fails("append", new IllegalArgumentException("on purpose"));
        say(ANN, "a", "b");
        writesAll();
        assertThat(events).containsExactly("stored a as 1", "added [1]", "stored b as 2", "added [2]");
    }

    @Test
    void anOddMarkTakesNoDraftAlong() {
        queue.put(new Mark(LOBBY, Speaker.user(MemoryDatabase.ODD).key(), 1));
        say(ANN, "a", "b");
        writesAll();
        assertThat(events).containsExactly("stored a as 1", "stored b as 2", "added [1, 2]");
        assertThat(database.marks).isEmpty();
        assertThat(queue.marks(LOBBY)).isEmpty();
    }

    @Test
    void aBatchIsRefusedWhereTheDatabaseFailsAndTheNextOneGetsANewConnection() {
        database.fails("append", new SQLException("on purpose"));
        say(ANN, "a", "b");
        comesMeanwhile(ANN, "c");
        writesAll();
        assertThat(events).containsExactly("refused a", "refused b", "stored c as 1", "added [1]");
        assertThat(database.appenders).isEqualTo(2);
    }

    @Test
    void aBatchIsRefusedWhereTheDatabaseCanNotBeReached() {
        database.fails("appender", new SQLException("on purpose"));
        say(ANN, "a");
        writesAll();
        assertThat(events).containsExactly("refused a");
        assertThat(database.stored).isEmpty();
    }

    @Test
    void aCommitThatTookPlaceAlthoughItsAnswerWasLostIsAnsweredOnce() {
        database.losesAnswer();
        queue.put(new Mark(LOBBY, ANN.key(), 1));
        say(ANN, "a", "b", "a");
        writesAll();
        assertThat(events).containsExactly("stored a as 1", "stored b as 2", "repeated a as 1", "added [1, 2]");
        assertThat(queue.marks(LOBBY)).isEmpty();
    }

    @Test
    void aCommitThatDidNotTakePlaceIsRefusedAndItsMarksWaitOn() {
        database.fails("commit", new SQLException("on purpose"));
        queue.put(new Mark(LOBBY, ANN.key(), 1));
        say(ANN, "a");
        writesAll();
        assertThat(events).containsExactly("refused a");
        assertThat(database.stored).isEmpty();
        assertThat(queue.marks(LOBBY)).containsEntry(ANN.key(), 1L);
    }

    /** The sender sends it again under the same id, and learns what became of it. */
    @Test
    void aCommitInDoubtIsNotCalledRefusedWhereTheDatabaseCanNotBeAskedBeforeTheLogEnds() {
        database.losesAnswer();
        database.meanwhile =
                () -> IntStream.range(0, 20).forEach(i -> database.fails("appender", new SQLException("on purpose")));
        say(ANN, "a", "b");
        writesAll();
        assertThat(events).containsExactly("unknown a", "unknown b");
        assertThat(database.stored).hasSize(2);
    }

    @Test
    void noStepOfASweepBeginsOnceTheQueueIsClosed() {
        Writer sweeping = new Writer(
                database,
                queue,
                new Sweep(Retention.parse("*: 1 day"), deleted -> {}),
                StandingListener.NONE,
                () -> {});
        sweeping.start(this, this);
        say(ANN, "a");
        queue.close();
        sweeping.run();
        assertThat(events).containsExactly("stored a as 1", "added [1]");
        assertThat(database.commits).isEqualTo(1);
    }

    @Test
    void aSweepThatFailsCostsNoDraftAndTheNextBatchGetsANewConnection() {
        Writer sweeping = new Writer(
                database,
                queue,
                new Sweep(Retention.parse("*: 1 day"), deleted -> {}),
                StandingListener.NONE,
                () -> {});
        sweeping.start(this, this);
        database.fails("sweep", new SQLException("on purpose"));
        onceStored = () -> {
            say(ANN, "b");
            onceStored = queue::close;
        };
        say(ANN, "a");
        sweeping.run();
        assertThat(events).containsExactly("stored a as 1", "added [1]", "stored b as 2", "added [2]");
        assertThat(database.appenders).isEqualTo(2);
    }

    @Test
    void anErasureThatFailsCostsNoDraftAndCanBeRepeated() {
        CompletableFuture<Boolean> erased = new CompletableFuture<>();
        database.fails("erase", new SQLException("on purpose"));
        queue.put(new Erasure(LOBBY, 1, null, erased));
        say(ANN, "a");
        writesAll();
        assertThat(events).containsExactly("stored a as 1", "added [1]");
        assertThat(erased).isCompletedExceptionally();
    }

    /** Otherwise the writer would try again without a pause, as long as the disk fails. */
    @Test
    void whatCouldNotBeCleanedUpIsDueAgainAfterAPause() throws SQLException {
        Requests requests = new Requests(
                new Listeners(new DatabaseWait(), StandingListener.NONE), new Sweep(Retention.FOREVER, deleted -> {}));
        requests.run(database.appender(), List.of(new Erasure(LOBBY, 1, null, new CompletableFuture<>())));
        assertThat(requests.untilDue()).isNotPositive();
        requests.notCleanedUp(new SQLException("on purpose"));
        assertThat(requests.untilDue()).isPositive();
    }

    @Test
    void aConnectionThatCanNotBeClosedEndsNothing() {
        database.fails("append", new SQLException("on purpose"));
        database.fails("close", new SQLException("on purpose"));
        say(ANN, "a");
        comesMeanwhile(ANN, "b");
        writesAll();
        assertThat(events).containsExactly("refused a", "stored b as 1", "added [1]");
    }
}
