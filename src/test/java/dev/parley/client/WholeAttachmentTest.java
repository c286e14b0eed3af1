package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static dev.parley.client.Outcome.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How an attachment is asked for part by part. */
class WholeAttachmentTest {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private final List<Long> lengths = new ArrayList<>();

    private static ServerMessage.Fetched part(long size, long offset, ByteBuffer data) {
        return new ServerMessage.Fetched(Ref.of(offset), new RoomName("tea"), 7, size, offset, data);
    }

    private ServerMessage.Fetched fetch(byte[] bytes) {
        return ends(WholeAttachment.fetch((offset, length) -> {
            lengths.add(length);
            int end = (int) Math.min(bytes.length, offset + length);
            return CompletableFuture.completedFuture(
                    part(bytes.length, offset, ByteBuffer.wrap(bytes, (int) offset, end - (int) offset)));
        }));
    }

    @Test
    void thePartsArePutTogether() {
        byte[] bytes = new byte[600_000];
        new Random(1).nextBytes(bytes);
        assertThat(fetch(bytes)).isEqualTo(part(bytes.length, 0, ByteBuffer.wrap(bytes)));
        assertThat(lengths).hasSize(3).containsOnly(256L * KIB);
    }

    @Test
    void aSmallOneAndAnEmptyOneAreOnePart() {
        assertThat(fetch(new byte[5]).data()).isEqualTo(ByteBuffer.allocate(5));
        assertThat(fetch(new byte[0]).data()).isEqualTo(ByteBuffer.allocate(0));
        assertThat(lengths).hasSize(2);
    }

    @Test
    void aLargeOneHasLargerPartsWhichFitIntoTheBuffer() {
        fetch(new byte[8 * MIB]);
        assertThat(lengths).startsWith(256L * KIB, 512L * KIB).hasSize(17);
        lengths.clear();
        fetch(new byte[40 * MIB]);
        assertThat(lengths).startsWith(256L * KIB, (long) MIB).hasSize(41);
    }

    @Test
    void anotherSizeOrTooMuchOrNothingFails() {
        for (ServerMessage.Fetched second : List.of(
                part(600_001, 262_144, ByteBuffer.allocate(10)),
                part(600_000, 262_144, ByteBuffer.allocate(600_000)),
                part(600_000, 262_144, ByteBuffer.allocate(0)))) {
            ParleyException why = failure(WholeAttachment.fetch((offset, length) -> CompletableFuture.completedFuture(
                    offset == 0 ? part(600_000, 0, ByteBuffer.allocate((int) length)) : second)));
            assertThat(why.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void aPartThatFailsFailsTheWholeForTheSameReason() {
        ParleyException gone = new ParleyException(ErrorCode.NOT_FOUND, "gone");
        assertThat(failure(WholeAttachment.fetch((offset, length) -> offset == 0
                        ? CompletableFuture.completedFuture(part(600_000, 0, ByteBuffer.allocate((int) length)))
                        : CompletableFuture.failedFuture(gone))))
                .isSameAs(gone);
    }
}
