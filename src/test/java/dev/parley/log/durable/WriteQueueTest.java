package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.assertUnavailable;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.ErasureScope;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a batch has, and when. Its bounds are tested with the whole log, in {@link LifecycleTest}. */
class WriteQueueTest {
    private static final int HALF_MEBIBYTE = 512 << 10;

    private final WriteQueue queue = new WriteQueue();

    WriteQueueTest() {
        queue.open();
    }

    private Batch take(boolean marksAlone) {
        return queue.take(marksAlone, Long.MAX_VALUE);
    }

    private void put(User from, String id, int bytes) {
        Body body = bytes == 0 ? new Body.Text(id) : new Body.Attachment("x/y", null, ByteBuffer.allocate(bytes));
        queue.put(new Draft(LOBBY, from, new DraftId(id, true), body, Speaker.UNHEARD));
    }

    private static List<String> ids(List<Draft> drafts) {
        return drafts.stream().map(draft -> draft.id().value()).toList();
    }

    /** The writer could not store it, and would roll back all that is in the same batch. */
    @Test
    void aReferenceIsNoDraft() {
        Body reference = new Body.Reference("image/png", null, 5);
        assertThatThrownBy(() -> new Draft(LOBBY, ANN, DraftId.of(null), reference, Speaker.UNHEARD))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void aBatchHasAThousandDraftsAndTheRestIsTheNext() {
        for (int i = 0; i < 1_001; i++) {
            put(ANN, "m" + i, 0);
        }
        Batch first = take(true);
        queue.takeMore(first.drafts());
        assertThat(first.drafts()).hasSize(1_000);
        assertThat(ids(take(true).drafts())).containsExactly("m1000");
    }

    /** On a broken disk, notes stay in the queue. */
    @Test
    void requestsAreTakenHoweverManyNotesWait() {
        for (int i = 0; i < 10_001; i++) {
            queue.put(new Mark(LOBBY, "user:u" + i, 1));
        }
        Request erasure = new Erasure(LOBBY, 1, null, new CompletableFuture<>());
        queue.put(erasure);
        assertThat(take(false).requests()).containsExactly(erasure);
    }

    /** Written after the erasure, they would bring back the user's id. */
    @Test
    void theNotesOfAUserThatIsErasedAreDropped() {
        queue.put(new Mark(LOBBY, ANN.key(), 1));
        queue.put(new Mark(LOBBY, BOB.key(), 1));
        queue.reserve(ANN);
        queue.reserve(BOB);
        queue.put(new ScopeErasure(new ErasureScope.OfUser(ANN.id()), new CompletableFuture<>()));

        Notes notes = take(true).notes();

        assertThat(notes.marks()).containsExactly(new Mark(LOBBY, BOB.key(), 1));
        assertThat(notes.names()).containsExactly(BOB);
        assertThat(queue.marks(LOBBY)).containsOnlyKeys(BOB.key());
    }

    @Test
    void aBatchEndsBeforeTwoMebibytesAlsoWhereMoreCame() {
        for (int i = 0; i < 3; i++) {
            put(ANN, "m" + i, HALF_MEBIBYTE);
        }
        List<Draft> drafts = take(true).drafts();
        assertThat(ids(drafts)).containsExactly("m0", "m1", "m2");
        put(ANN, "m3", HALF_MEBIBYTE);
        put(ANN, "m4", HALF_MEBIBYTE);
        queue.takeMore(drafts);
        assertThat(ids(drafts)).containsExactly("m0", "m1", "m2", "m3");
        assertThat(ids(take(true).drafts())).containsExactly("m4");
    }

    @Test
    void sendersTakeTurnsAndEachKeepsItsOrder() {
        for (int i = 0; i < 4; i++) {
            put(ANN, "a" + i, HALF_MEBIBYTE);
        }
        put(BOB, "b0", 0);
        put(BOB, "b1", 0);
        assertThat(ids(take(true).drafts())).startsWith("b0", "b1").endsWith("a0", "a1", "a2");
        assertThat(ids(take(true).drafts())).containsExactly("a3");
    }

    @Test
    void aClosedQueueTakesNothingAndGivesOutWhatWaits() {
        put(ANN, "a", 0);
        queue.put(new Mark(LOBBY, ANN.key(), 1));
        queue.reserve(ANN);
        queue.close();
        queue.close();
        assertUnavailable(() -> put(ANN, "b", 0));
        queue.put(new Mark(LOBBY, BOB.key(), 1));
        queue.reserve(BOB);
        Batch last = take(true);
        assertThat(ids(last.drafts())).containsExactly("a");
        assertThat(last.notes().marks()).containsExactly(new Mark(LOBBY, ANN.key(), 1));
        assertThat(last.notes().names()).containsExactly(ANN);
        queue.written(last.notes());
        assertThat(take(true)).isNull();
    }

    @Test
    void aQueueThatWasClosedBeforeItWasOpenedStaysClosed() {
        WriteQueue closed = new WriteQueue();
        closed.close();
        closed.open();
        assertUnavailable(
                () -> closed.put(new Draft(LOBBY, ANN, DraftId.of(null), new Body.Text("x"), Speaker.UNHEARD)));
        assertThat(closed.take(true, Long.MAX_VALUE)).isNull();
    }

    @Test
    void marksWaitUntilTheyAreWrittenAndMarksAloneAreNoBatchWhereNoneIsWanted() {
        queue.put(new Mark(LOBBY, ANN.key(), 1));
        queue.close();
        assertThat(take(false)).isNull();
        Batch marksAlone = take(true);
        assertThat(marksAlone.drafts()).isEmpty();
        assertThat(queue.marks(LOBBY)).containsEntry(ANN.key(), 1L);
        assertThat(take(true).notes()).isEqualTo(marksAlone.notes());
    }

    @Test
    void afterTheGivenTimeThereIsABatchOfNothing() {
        assertThat(queue.take(true, 1).hasDraftsOrNotes()).isFalse();
        put(ANN, "a", 0);
        assertThat(ids(queue.take(true, 0).drafts())).containsExactly("a");
    }

    @Test
    void aNameIsWrittenOnceAndTheOldestIsDroppedAtTheBound() {
        queue.reserve(ANN);
        queue.reserve(ANN);
        assertThat(take(true).notes().names()).containsExactly(ANN);
        for (int i = 0; i < WaitingNames.BOUND; i++) {
            queue.reserve(Speaker.user("u" + i));
        }
        List<User> batch = take(true).notes().names();
        assertThat(batch).doesNotContain(ANN).hasSizeLessThan(WaitingNames.BOUND);
        assertThat(batch.get(0)).isEqualTo(Speaker.user("u0"));
        queue.written(new Notes(List.of(), batch));
        assertThat(take(true).notes().names()).isNotEmpty().doesNotContainAnyElementsOf(batch);
    }

    @Test
    void oneDraftFitsHoweverLargeItIs() {
        put(ANN, "large", (int) (WriteQueue.MAX_BYTES / 4) + 1);
        assertUnavailable(() -> put(ANN, "more", 0));
        put(BOB, "b", 0);
        assertThat(ids(take(true).drafts())).contains("b");
    }
}
