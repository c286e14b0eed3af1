package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.DraftListener;
import dev.parley.log.ErasureScope;
import dev.parley.log.StandingListener;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the writer makes of a user that is erased while the database fails. It runs on the test's thread, as in WriterTest. */
class WriterErasureTest implements DraftListener {
    /** It has no inbox, so it is one job. The database erases one entry in each job. */
    private static final ErasureScope OF_HERALD =
            new ErasureScope.OfUser(new CallerId(Caller.Kind.APPLICATION, "herald"));

    private final MemoryDatabase database = new MemoryDatabase();
    private final WriteQueue queue = new WriteQueue();
    private final Writer writer =
            new Writer(database, queue, new Sweep(Retention.FOREVER, deleted -> {}), StandingListener.NONE, () -> {});

    WriterErasureTest() {
        writer.start(this, added -> {});
    }

    @Override
    public void stored(List<Appended> batch) {}

    @Override
    public void refused(List<Draft> drafts, ParleyException why) {}

    @Override
    public void unknown(List<Draft> drafts, ParleyException why) {}

    private CompletableFuture<Long> erase() {
        CompletableFuture<Long> erased = new CompletableFuture<>();
        queue.put(new ScopeErasure(OF_HERALD, erased));
        return erased;
    }

    private void say(String id) {
        queue.put(new Draft(LOBBY, ANN, new DraftId(id, true), new Body.Text(id), Speaker.UNHEARD));
    }

    private void writesAll() {
        queue.close();
        writer.run();
    }

    /** The database has failed: it can be repeated. */
    @Test
    void nobodyIsErasedWhileNotesOfTheBatchAreNotWritten() {
        database.fails("put", new SQLException("on purpose"));
        queue.put(new Mark(LOBBY, BOB.key(), 1));
        say("a");
        CompletableFuture<Long> erased = erase();
        writesAll();
        assertThat(erased).isCompletedExceptionally();
        assertThat(database.begun).isEmpty();
    }

    @Test
    void aReadMarkIsWrittenBeforeAnErasureAlsoIfTheOnlyMessageOfItsBatchCanNotBeStored() {
        queue.put(new Mark(LOBBY, BOB.key(), 1));
        say(MemoryDatabase.ODD);
        CompletableFuture<Long> erased = erase();
        writesAll();
        assertThat(erased).isCompletedWithValue(1L);
        assertThat(database.marks).hasSize(1);
        assertThat(queue.marks(LOBBY)).isEmpty();
    }

    @Test
    void anErasureEndsAlsoIfNoMessageFollowsOnAFailure() {
        database.fails("append", new SQLException("on purpose"));
        say("a");
        CompletableFuture<Long> erased = erase();
        writesAll();
        assertThat(erased).isCompletedWithValue(1L);
    }

    @Test
    void anOlderJobGoesOnAlsoIfNoMessageFollowsOnAFailure() {
        database.begun.add(OF_HERALD);
        database.fails("append", new SQLException("on purpose"));
        say("a");
        writesAll();
        assertThat(database.stepsDone).isEqualTo(1);
    }

    @Test
    void whatIsErasedLeavesTheDiskAlsoIfAJobFails() {
        database.fails("eraseNext", new SQLException("on purpose"));
        queue.put(new Erasure(LOBBY, 1, null, new CompletableFuture<>()));
        writesAll();
        assertThat(database.stepsDone).isZero();
        assertThat(database.purges).isEqualTo(1);
    }

    /** Otherwise the writer would try again without a pause. */
    @Test
    void aStepIsDueAgainAfterAPauseWhereTheDatabaseCanNotBeReached() {
        Requests requests = new Requests(
                new Listeners(new DatabaseWait(), StandingListener.NONE), new Sweep(Retention.FOREVER, deleted -> {}));
        assertThat(requests.untilDue()).isNotPositive();
        requests.notCleanedUp(new SQLException("on purpose"));
        assertThat(requests.untilDue()).isPositive();
    }
}
