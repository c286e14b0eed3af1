package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.AttachmentPart;
import dev.parley.log.ErasureScope;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages without the bytes of attachments, and the bytes without a page. */
abstract class AttachmentsContract {
    private static final byte[] CONTENT = new byte[200_000];
    private static final Body FILE = new Body.Attachment("x/y", "f.bin", ByteBuffer.wrap(CONTENT));

    static {
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) (i * 31 + i / 256);
        }
    }

    private final DatabaseContract database;
    private GroupCommitLog log;
    private Speaker speaker;

    AttachmentsContract(DatabaseContract database) {
        this.database = database;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        log = database.openLog(folder, Retention.parse("short: 2 entries"));
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Optional<AttachmentPart> part(RoomName room, long seq, long offset, int length) {
        return get(log.readAttachment(room, seq, offset, length));
    }

    private ByteBuffer bytes(long offset, int length) {
        return part(LOBBY, 1, offset, length).orElseThrow().bytes();
    }

    private List<Entry> references() {
        return get(log.readReferences(LOBBY, new Range.Newest(200))).entries();
    }

    @Test
    void aPageOfReferencesHasEachEntryWithoutTheBytes() {
        Entry text = speaker.says(ANN, "a", "a text");
        Entry file = get(speaker.say(LOBBY, BOB, "b", FILE));
        Entry empty = get(speaker.say(LOBBY, BOB, null, new Body.Attachment("x/y", null, ByteBuffer.allocate(0))));

        assertThat(references()).containsExactly(text, file.withReference(), empty.withReference());
        assertThat(file.withReference().body()).isEqualTo(new Body.Reference("x/y", "f.bin", CONTENT.length));
        assertThat(get(log.readReferences(LOBBY, new Range.After(1, 1))))
                .isEqualTo(new Page(List.of(file.withReference()), 3, true));
        assertThat(get(log.readReferences(LOBBY, new Range.Before(3, 1))))
                .isEqualTo(new Page(List.of(file.withReference()), 3, true));
        assertThat(get(log.read(LOBBY, new Range.Newest(200))).entries()).hasSizeLessThan(4);
    }

    @Test
    void manyAttachmentsFitIntoOnePageOfReferences() {
        for (int i = 0; i < 20; i++) {
            get(speaker.say(LOBBY, ANN, null, FILE));
        }
        assertThat(references()).hasSize(20);
        assertThat(get(log.read(LOBBY, new Range.Newest(200))).entries()).hasSize(1);
    }

    @Test
    void aPartHasTheBytesFromItsOffsetOn() {
        Entry file = get(speaker.say(LOBBY, ANN, null, FILE));

        assertThat(part(LOBBY, 1, 0, Integer.MAX_VALUE))
                .contains(new AttachmentPart(file.withReference(), ByteBuffer.wrap(CONTENT)));
        assertThat(bytes(0, 1)).isEqualTo(ByteBuffer.wrap(CONTENT, 0, 1));
        assertThat(bytes(150_000, 10_000)).isEqualTo(ByteBuffer.wrap(CONTENT, 150_000, 10_000));
        assertThat(bytes(199_999, 10)).isEqualTo(ByteBuffer.wrap(CONTENT, 199_999, 1));
        assertThat(bytes(200_000, 10).remaining()).isZero();
        assertThat(bytes(Long.MAX_VALUE, 10).remaining()).isZero();
    }

    @Test
    void anEmptyAttachmentHasAPartWithoutBytes() {
        get(speaker.say(LOBBY, ANN, null, new Body.Attachment("x/y", null, ByteBuffer.allocate(0))));
        assertThat(bytes(0, 10).remaining()).isZero();
    }

    @Test
    void whereThereIsNoAttachmentThereIsNoPart() {
        speaker.says(ANN, null, "a text");
        assertThat(part(LOBBY, 1, 0, 10)).isEmpty();
        assertThat(part(LOBBY, 2, 0, 10)).isEmpty();
        assertThat(part(LOBBY, Long.MAX_VALUE, 0, 10)).isEmpty();
        assertThat(part(new RoomName("nowhere"), 1, 0, 10)).isEmpty();
    }

    @Test
    void anErasedAttachmentIsAnErasedEntryWithoutBytes() {
        Entry one = get(speaker.say(LOBBY, ANN, null, FILE));
        Entry two = get(speaker.say(LOBBY, ANN, null, FILE));
        get(log.erase(LOBBY, 1));

        assertThat(part(LOBBY, 1, 0, 10)).contains(new AttachmentPart(one.withoutContent(), ByteBuffer.allocate(0)));
        assertThat(references()).containsExactly(one.withoutContent(), two.withReference());

        get(log.eraseAll(new ErasureScope.OfRoom(LOBBY)));
        assertThat(part(LOBBY, 2, 0, 10)).contains(new AttachmentPart(two.withoutContent(), ByteBuffer.allocate(0)));
        assertThat(references()).containsExactly(one.withoutContent(), two.withoutContent());
    }

    @Test
    void aDeletedEntryHasNoPartEvenIfItsIdIsKept() {
        RoomName room = new RoomName("short");
        for (int i = 0; i < 5; i++) {
            get(speaker.say(room, ANN, "id-" + i, FILE));
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(get(log.readReferences(room, new Range.Newest(200)))
                                .entries())
                        .extracting(Entry::seq)
                        .containsExactly(4L, 5L));
        assertThat(part(room, 3, 0, 10)).isEmpty();
        assertThat(part(room, 4, 0, 10)).isPresent();
    }
}
