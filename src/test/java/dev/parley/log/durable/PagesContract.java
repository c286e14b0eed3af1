package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class PagesContract {
    private final DatabaseContract database;

    PagesContract(DatabaseContract database) {
        this.database = database;
    }

    private GroupCommitLog log;
    private Speaker speaker;

    @BeforeEach
    void open(@TempDir Path folder) {
        log = database.openLog(folder);
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void fill(int entries) {
        List<CompletionStage<Entry>> said = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            said.add(speaker.say(LOBBY, ANN, null, "x"));
            said.add(speaker.say(new RoomName("next-door"), ANN, null, "y"));
        }
        said.forEach(Speaker::get);
    }

    private void assertPage(Range range, long first, long end, boolean more) {
        Page page = get(log.read(LOBBY, range));
        assertThat(page.entries())
                .as("%s", range)
                .extracting(Entry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(first, end).boxed().toList());
        assertThat(page.last()).isEqualTo(10);
        assertThat(page.more()).as("more of %s", range).isEqualTo(more);
    }

    @Test
    void aPageHasTheEntriesNearestToItsPositionInAscendingOrder() {
        fill(10);
        assertPage(new Range.After(0, 3), 1, 3, true);
        assertPage(new Range.After(7, 3), 8, 10, false);
        assertPage(new Range.After(6, 3), 7, 9, true);
        assertPage(new Range.After(10, 3), 1, 0, false);
        assertPage(new Range.After(99, 3), 1, 0, false);
        assertPage(new Range.After(-5, 2), 1, 2, true);
        assertPage(new Range.After(Long.MAX_VALUE, 2), 1, 0, false);
        assertPage(new Range.Before(5, 3), 2, 4, true);
        assertPage(new Range.Before(4, 3), 1, 3, false);
        assertPage(new Range.Before(Long.MAX_VALUE, 2), 9, 10, true);
        assertPage(new Range.Before(1, 2), 1, 0, false);
        assertPage(new Range.Before(Long.MIN_VALUE, 2), 1, 0, false);
        assertPage(new Range.Newest(4), 7, 10, true);
        assertPage(new Range.Newest(10), 1, 10, false);
        assertPage(new Range.Newest(Integer.MAX_VALUE), 1, 10, false);
    }

    @Test
    void aPageOfNoEntriesStillTellsWhetherThereAreMore() {
        fill(10);
        assertPage(new Range.After(9, 0), 1, 0, true);
        assertPage(new Range.After(10, 0), 1, 0, false);
        assertPage(new Range.Before(2, 0), 1, 0, true);
        assertPage(new Range.Before(1, 0), 1, 0, false);
        assertPage(new Range.Newest(0), 1, 0, true);
    }

    @Test
    void aRoomWhereNothingWasSaidIsEmpty() {
        assertThat(get(log.read(new RoomName("nowhere"), new Range.Newest(5))))
                .isEqualTo(new Page(List.of(), 0, false));
        assertThat(get(log.read(new RoomName("nowhere"), new Range.After(5, 5))))
                .isEqualTo(new Page(List.of(), 0, false));
    }

    @Test
    void aPageEndsBefore256KibibytesOfTextInUtf8() {
        // Three bytes each in UTF-8: two of these texts leave four bytes of a page.
        String text = "\u65e5".repeat(43_690);
        for (int i = 0; i < 5; i++) {
            get(speaker.say(LOBBY, ANN, null, text));
        }
        for (int i = 0; i < 5; i++) {
            get(speaker.say(LOBBY, ANN, null, "x"));
        }
        assertPage(new Range.After(0, 10), 1, 2, true);
        assertPage(new Range.After(3, 10), 4, 9, true);
        assertPage(new Range.After(4, 10), 5, 10, false);
        assertPage(new Range.Newest(10), 5, 10, true);
        assertPage(new Range.Before(4, 10), 2, 3, true);
    }

    @Test
    void anEntryLargerThanAPageIsGivenAlone() {
        Body large = new Body.Attachment("x/y", null, ByteBuffer.allocate(1 << 20));
        for (int i = 0; i < 10; i++) {
            get(speaker.say(LOBBY, ANN, null, i % 2 == 0 ? large : new Body.Text("x")));
        }
        assertPage(new Range.After(0, 10), 1, 1, true);
        assertPage(new Range.After(1, 10), 2, 2, true);
        assertPage(new Range.Before(10, 10), 9, 9, true);
        assertPage(new Range.Newest(10), 10, 10, true);
    }

    @Test
    void whatTheListenerHeardOfIsSeenByARead() {
        for (int i = 1; i <= 300; i++) {
            Entry entry = speaker.says(ANN, null, "x");
            assertThat(get(log.read(LOBBY, new Range.After(i - 1, 5))).entries())
                    .containsExactly(entry);
        }
    }

    @Test
    void noMoreThan10000ReadsWait() {
        fill(1);
        CountDownLatch release = new CountDownLatch(1);
        List<CompletableFuture<Page>> reads = new ArrayList<>();
        Thread test = Thread.currentThread();
        // Whatever follows on an answer runs on the reader's thread, unless it is there already: soon both are held up.
        for (int i = 0; i < 2 * Readers.WAITING; i++) {
            CompletableFuture<Page> read = log.read(LOBBY, new Range.Newest(1)).toCompletableFuture();
            read.thenRun(() -> {
                if (Thread.currentThread() != test) {
                    awaitUninterruptibly(release);
                }
            });
            reads.add(read);
        }
        await().until(() -> reads.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
        LogAssertions.assertUnavailable(() -> LogAssertions.unwrap(log.read(LOBBY, new Range.Newest(1))));
        release.countDown();
        await().until(() -> reads.stream().allMatch(CompletableFuture::isDone));
        assertThat(reads.stream().filter(read -> !read.isCompletedExceptionally()))
                .hasSizeGreaterThanOrEqualTo(Readers.WAITING);
        assertThat(get(log.read(LOBBY, new Range.Newest(1))).last()).isEqualTo(1);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
