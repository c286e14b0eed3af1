package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.LogAssertions.assertUnavailable;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.DraftListener;
import dev.parley.log.Range;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log takes, how it begins and ends, and what doesn't end it. */
abstract class LifecycleContract {
    private final DatabaseContract database;

    LifecycleContract(DatabaseContract database) {
        this.database = database;
    }

    private static final Body MEBIBYTE = new Body.Attachment("x/y", null, ByteBuffer.allocate(1 << 20));

    @TempDir
    Path folder;

    private GroupCommitLog open() {
        return database.openLog(folder.resolve("data"));
    }

    @Test
    void noMoreThan20000DraftsWait() {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.holding(log);
            List<CompletableFuture<Entry>> said = new ArrayList<>();
            for (int i = 0; i < WriteQueue.MAX_DRAFTS; i++) {
                said.add(speaker.say(LOBBY, Speaker.user("u" + i % 4), null, "x"));
            }
            assertUnavailable(() -> speaker.say(LOBBY, ANN, null, "one too many"));
            speaker.release();
            assertThat(said.stream().map(Speaker::get).map(Entry::seq))
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(2, WriteQueue.MAX_DRAFTS + 1)
                            .boxed()
                            .toList());
            assertThat(speaker.says(ANN, null, "again").seq()).isEqualTo(WriteQueue.MAX_DRAFTS + 2);
        }
    }

    @Test
    void noMoreThan64MebibytesWait() {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.holding(log);
            List<CompletableFuture<Entry>> said = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                said.add(speaker.say(LOBBY, Speaker.user("u" + i % 4), null, MEBIBYTE));
            }
            assertUnavailable(() -> speaker.say(LOBBY, ANN, null, "x"));
            speaker.release();
            assertThat(said.stream().map(Speaker::get).map(Entry::seq)).contains(65L);
            assertThat(speaker.batches).allMatch(batch -> batch.size() <= 2);
        }
    }

    @Test
    void aQuarterOfTheQueueIsForOneSenderAndTheRestForOthers() {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.holding(log);
            for (int i = 0; i < 16; i++) {
                speaker.say(LOBBY, ANN, null, MEBIBYTE);
            }
            assertUnavailable(() -> speaker.say(LOBBY, ANN, null, MEBIBYTE));
            speaker.say(LOBBY, BOB, null, MEBIBYTE);
            User many = Speaker.user("many");
            for (int i = 0; i < WriteQueue.MAX_DRAFTS / 4; i++) {
                speaker.say(LOBBY, many, null, "x");
            }
            assertUnavailable(() -> speaker.say(LOBBY, many, null, "x"));
            speaker.say(LOBBY, BOB, null, "x");
            speaker.release();
        }
    }

    @Test
    void whoHasLittleToSayIsNotHeldUpByThoseWhoHaveMuchAndEachKeepsItsOrder() {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.holding(log);
            List<CompletableFuture<Entry>> much = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                much.add(speaker.say(LOBBY, ANN, null, MEBIBYTE));
            }
            CompletableFuture<Entry> little = speaker.say(LOBBY, BOB, null, "hi");
            CompletableFuture<Entry> more = speaker.say(LOBBY, BOB, null, "ho");
            speaker.release();
            assertThat(get(little).seq()).isLessThanOrEqualTo(3);
            assertThat(get(more).seq()).isEqualTo(get(little).seq() + 1);
            assertThat(much.stream().map(Speaker::get).map(Entry::seq)).isSorted();
        }
    }

    @Test
    void draftsAreTakenOnlyBetweenStartAndClose() {
        GroupCommitLog log = open();
        Draft draft = new Draft(LOBBY, ANN, DraftId.of(null), new Body.Text("x"), Speaker.UNHEARD);
        assertUnavailable(() -> log.append(draft));
        Speaker speaker = Speaker.into(log);
        assertThatIllegalStateException().isThrownBy(() -> log.start(speaker, speaker));
        log.close();
        assertUnavailable(() -> log.append(draft));
        assertThatThrownBy(() -> get(log.read(LOBBY, new Range.Newest(1)))).hasCauseInstanceOf(ParleyException.class);
        log.close();
    }

    @Test
    void closingWritesWhatIsQueued() {
        List<CompletableFuture<Entry>> said = new ArrayList<>();
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.holding(log);
            for (int i = 0; i < 5_000; i++) {
                said.add(speaker.say(LOBBY, ANN, null, "x"));
            }
            speaker.release();
        }
        assertThat(said).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void aListenerThatFailsDoesNotStopTheLog() {
        try (GroupCommitLog log = open()) {
            DraftListener failing = new DraftListener() {
                @Override
                public void stored(List<Appended> batch) {
                    throw new IllegalArgumentException("on purpose");
                }

                @Override
                public void refused(List<Draft> drafts, ParleyException why) {}

                @Override
                public void unknown(List<Draft> drafts, ParleyException why) {}
            };
            log.start(failing, entries -> {
                throw new IllegalArgumentException("on purpose");
            });
            for (int i = 1; i <= 3; i++) {
                int seq = i;
                log.append(new Draft(LOBBY, ANN, DraftId.of(null), new Body.Text("x"), Speaker.UNHEARD));
                await().until(() -> get(log.read(LOBBY, new Range.Newest(0))).last() == seq);
            }
            assertThat(all(log, LOBBY)).hasSize(3);
        }
    }
}
