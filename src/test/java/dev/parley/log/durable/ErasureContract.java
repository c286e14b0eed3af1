package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.LogAssertions.assertUnavailable;
import static dev.parley.log.durable.LogAssertions.unwrap;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.Range;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an entry whose content is erased. */
abstract class ErasureContract {
    private static final Body FILE = new Body.Attachment("x/y", "f.bin", ByteBuffer.allocate(1_000));

    private final DatabaseContract database;
    private GroupCommitLog log;
    private Speaker speaker;

    ErasureContract(DatabaseContract database) {
        this.database = database;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        log = database.openLog(folder, Retention.parse("small: 2 KB"));
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void theNumberTheIdTheTimeAndTheSenderStay() {
        Entry text = speaker.says(ANN, "a", "erased");
        Entry file = get(speaker.say(LOBBY, BOB, null, FILE));
        Entry other = speaker.says(ANN, "b", "stays");
        assertThat(get(log.erase(LOBBY, 1))).isTrue();
        assertThat(get(log.erase(LOBBY, 2))).isTrue();
        assertThat(all(log, LOBBY)).containsExactly(text.withoutContent(), file.withoutContent(), other);
        assertThat(text.withoutContent().erased()).isTrue();
        assertThat(speaker.erased).containsExactly(1L, 2L);
        assertThat(speaker.says(BOB, null, "next").seq()).isEqualTo(4);
    }

    @Test
    void whatIsErasedAlreadyCanBeErasedAgainAndWhatIsNotThereCanNot() {
        speaker.says(ANN, "a", "erased");
        assertThat(get(log.erase(LOBBY, 1))).isTrue();
        assertThat(get(log.erase(LOBBY, 1))).isTrue();
        assertThat(get(log.erase(LOBBY, 2))).isFalse();
        assertThat(get(log.erase(LOBBY, 0))).isFalse();
        assertThat(get(log.erase(new RoomName("nowhere"), 1))).isFalse();
        assertThat(get(log.read(LOBBY, new Range.Newest(5))).last()).isEqualTo(1);
    }

    @Test
    void aMessageThatIsSentAgainDoesNotBringItsContentBack() {
        Entry said = speaker.says(ANN, "a", "erased");
        get(log.erase(LOBBY, 1));
        assertThat(speaker.says(ANN, "a", "erased")).isEqualTo(said.withoutContent());
        assertThat(speaker.heard).extracting(Appended::repeated).containsExactly(false, true);
        assertThat(all(log, LOBBY)).containsExactly(said.withoutContent());
    }

    @Test
    void erasedContentDoesNotCountForTheBytesOfARoom() {
        RoomName small = new RoomName("small");
        get(speaker.say(small, ANN, null, FILE));
        get(speaker.say(small, ANN, null, FILE));
        get(log.erase(small, 2));
        get(speaker.say(small, ANN, null, FILE));
        get(speaker.say(small, ANN, null, "one too many"));
        await().until(() -> get(log.read(small, new Range.Newest(0))).oldest() == 2);
        assertThat(all(log, small)).extracting(Entry::seq).containsExactly(2L, 3L, 4L);
    }

    @Test
    void noMoreThanAThousandErasuresWait(@TempDir Path other) {
        GroupCommitLog held = database.openLog(other);
        Speaker holding = Speaker.holding(held);
        List<CompletionStage<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            waiting.add(held.erase(LOBBY, 1));
        }
        assertUnavailable(() -> unwrap(held.erase(LOBBY, 1)));
        holding.release();
        waiting.forEach(each -> assertThat(get(each)).isTrue());
        held.close();
        assertUnavailable(() -> unwrap(held.erase(LOBBY, 1)));
    }

    @Test
    void manyAreErasedWhileOthersAreAdded() {
        List<CompletionStage<Boolean>> erased = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            speaker.says(ANN, null, "number " + i);
            erased.add(log.erase(LOBBY, i));
        }
        erased.forEach(each -> assertThat(get(each)).isTrue());
        assertThat(all(log, LOBBY)).hasSize(500).allMatch(Entry::erased);
    }
}
