package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Keep;
import dev.parley.message.ModerationAction;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a room when its oldest entries are deleted. */
abstract class RetentionContract {
    private static final Range ALL = new Range.Newest(200);
    private static final Retention RULES =
            Retention.parse("few-*: 5 entries; small-*: 1 KB; ever-*: forever; one-*: 1 entry; *: 10 days");

    private final DatabaseContract database;
    private final RoomName few = new RoomName("few-1");
    private GroupCommitLog log;
    private Speaker speaker;

    RetentionContract(DatabaseContract database) {
        this.database = database;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        log = database.openLog(folder, RULES);
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void fill(RoomName room, int entries) {
        fill(room, entries, 0);
    }

    private void fill(RoomName room, int entries, int part) {
        List<CompletionStage<Entry>> said = new ArrayList<>();
        for (int i = 1; i <= entries; i++) {
            said.add(speaker.say(room, ANN, part + "-" + i, "number " + i));
        }
        said.forEach(Speaker::get);
    }

    private Page page(RoomName room, Range range) {
        return get(log.read(room, range));
    }

    private void awaitOldest(RoomName room, long oldest) {
        await().until(() -> page(room, ALL).oldest() == oldest);
    }

    private void assertPage(Range range, long first, long end, boolean more) {
        Page page = page(few, range);
        assertThat(page.entries())
                .as("%s", range)
                .extracting(Entry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(first, end).boxed().toList());
        assertThat(page.more()).as("more of %s", range).isEqualTo(more);
        assertThat(page.oldest()).isEqualTo(16);
        assertThat(page.last()).isEqualTo(20);
    }

    @Test
    void onlyTheNewestEntriesStayAndPagesEndAtTheOldestOfThem() {
        fill(few, 20);
        awaitOldest(few, 16);
        assertPage(ALL, 16, 20, false);
        assertPage(new Range.Newest(5), 16, 20, false);
        assertPage(new Range.Newest(4), 17, 20, true);
        assertPage(new Range.Newest(0), 1, 0, true);
        assertPage(new Range.Before(18, 10), 16, 17, false);
        assertPage(new Range.Before(18, 1), 17, 17, true);
        assertPage(new Range.Before(16, 10), 1, 0, false);
        assertPage(new Range.Before(3, 10), 1, 0, false);
        assertPage(new Range.After(0, 2), 16, 17, true);
        assertPage(new Range.After(0, 0), 1, 0, true);
        assertPage(new Range.After(15, 10), 16, 20, false);
        assertPage(new Range.After(20, 10), 1, 0, false);
    }

    private static Stream<String> kept(GroupCommitLog log) {
        return get(log.audit(0, 10)).stream()
                .filter(one -> one.action() == ModerationAction.KEEP)
                .map(one -> one.room() + ": " + one.reason());
    }

    @Test
    void theApplicationDecidesAboutARoomAndLeavesItToTheRulesAgain() {
        RoomName ever = new RoomName("ever-2");
        fill(ever, 20);
        get(log.keep(ANN, ever, Keep.parse("3 entries, 1 GB")));
        awaitOldest(ever, 18);
        get(log.keep(ANN, few, Keep.FOREVER));
        fill(few, 20);
        RoomName other = new RoomName("few-2");
        fill(other, 20);
        awaitOldest(other, 16);
        assertThat(page(few, ALL).entries()).hasSize(20);
        get(log.keep(ANN, few, null));
        awaitOldest(few, 16);
        assertThat(kept(log))
                .containsExactly("ever-2: 3 entries, 1000000000 bytes", "few-1: forever", "few-1: as the settings say");
    }

    @Test
    void theNumbersGoOnAndLaterEntriesAreDeletedToo() {
        fill(few, 20);
        awaitOldest(few, 16);
        assertThat(get(speaker.say(few, ANN, null, "next")).seq()).isEqualTo(21);
        awaitOldest(few, 17);
        assertThat(page(few, ALL).entries()).extracting(Entry::seq).containsExactly(17L, 18L, 19L, 20L, 21L);
    }

    @Test
    void aRoomThatHasNotTooMuchKeepsItAllAndTheFirstRuleDecides() {
        RoomName ever = new RoomName("ever-1");
        RoomName other = new RoomName("other");
        fill(ever, 20);
        fill(other, 20);
        fill(few, 20);
        awaitOldest(few, 16);
        assertThat(page(ever, ALL)).isEqualTo(new Page(page(ever, ALL).entries(), 20, false, 1));
        assertThat(page(ever, ALL).entries()).hasSize(20);
        assertThat(page(other, ALL).entries()).hasSize(20);
    }

    @Test
    void textsAndFilesOfARoomHaveABoundInBytesTogetherAndTheNewestStaysHoweverLargeItIs() {
        RoomName small = new RoomName("small-1");
        Body file = new Body.Attachment("x/y", null, ByteBuffer.allocate(400));
        for (int i = 0; i < 10; i++) {
            get(speaker.say(small, ANN, null, i % 2 == 0 ? file : new Body.Text("\u65e5".repeat(100))));
        }
        awaitOldest(small, 8);
        assertThat(page(small, ALL).entries())
                .extracting(entry -> entry.body().bytes())
                .containsExactly(300L, 400L, 300L);
        get(speaker.say(small, ANN, null, new Body.Attachment("x/y", null, ByteBuffer.allocate(5_000))));
        awaitOldest(small, 11);
        assertThat(page(small, ALL).entries()).hasSize(1);
    }

    /** Its sender may not have heard of it, and sends it again. */
    @Test
    void theIdOfADeletedEntryStaysKnown() {
        RoomName one = new RoomName("one-1");
        Entry first = get(speaker.say(one, ANN, "a", "deleted"));
        get(speaker.say(one, ANN, null, "stays"));
        awaitOldest(one, 2);
        Entry again = get(speaker.say(one, ANN, "a", "deleted"));
        assertThat(again.seq()).isEqualTo(1);
        assertThat(again.at()).isEqualTo(first.at());
        assertThat(get(speaker.say(one, BOB, "a", "of another")).seq()).isEqualTo(3);
        assertThat(speaker.heard).extracting(Appended::repeated).containsExactly(false, false, true, false);
        awaitOldest(one, 3);
        assertThat(speaker.added).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
        assertThat(page(one, ALL).entries()).extracting(Entry::from).containsExactly(BOB.name());
    }

    @Test
    void readMarksStay() {
        fill(few, 20);
        log.mark(few, ANN, 3);
        log.mark(few, BOB, 18);
        awaitOldest(few, 16);
        assertThat(get(log.marks(few))).isEqualTo(Map.of(ANN.key(), 3L, BOB.key(), 18L));
    }

    @Test
    void moreRoomsThanOneStepVisitsAreAllVisited() {
        List<RoomName> rooms =
                LongStream.range(0, 250).mapToObj(i -> new RoomName("one-" + i)).toList();
        List<CompletionStage<Entry>> said = new ArrayList<>();
        rooms.forEach(room -> {
            said.add(speaker.say(room, ANN, null, "deleted"));
            said.add(speaker.say(room, ANN, null, "stays"));
        });
        said.forEach(Speaker::get);
        // One wait for all of them: each begins with a pause.
        await().until(() -> rooms.stream().allMatch(room -> page(room, ALL).oldest() == 2));
    }

    @Test
    void moreThanOneStepDeletesIsDeletedInMany() {
        RoomName one = new RoomName("one-1");
        for (int i = 0; i < 3; i++) {
            fill(one, 2_500, i);
        }
        awaitOldest(one, 7_500);
        assertThat(page(one, ALL).entries()).hasSize(1);
    }
}
