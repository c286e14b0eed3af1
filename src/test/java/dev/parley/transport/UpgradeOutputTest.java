package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.websocket.SendResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The peer of this container reads when the test calls {@code peerReads}. */
class UpgradeOutputTest {
    private static final int SLICE = 64 << 10;

    private final Container container = new Container();
    private final UpgradeOutput output = new UpgradeOutput(container);
    private final List<SendResult> results = new ArrayList<>();

    /** Takes one write each time that the peer has read. */
    private static final class Container extends ServletOutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private WriteListener listener;
        private int ready;

        @Override
        public boolean isReady() {
            return ready > 0;
        }

        @Override
        public void setWriteListener(WriteListener wanted) {
            listener = wanted;
        }

        @Override
        public void write(int one) {
            throw new AssertionError("a byte alone");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            if (ready-- == 0) {
                throw new AssertionError("this would wait for the peer");
            }
            taken.write(bytes, from, length);
        }

        void peerReads(int times) throws IOException {
            ready += times;
            listener.onWritePossible();
        }
    }

    @Test
    void aWriteEndsWhenTheContainerHasTakenAllOfItAndNotBefore() throws IOException {
        output.write(ByteBuffer.allocate(2 * SLICE + 1), results::add);
        container.peerReads(2);
        assertThat(container.taken.size()).isEqualTo(2 * SLICE);
        assertThat(results).isEmpty();
        container.peerReads(1);
        assertThat(container.taken.size()).isEqualTo(2 * SLICE + 1);
        assertThat(results).singleElement().matches(SendResult::isOK);
    }

    @Test
    void bytesOfTyrusAreWrittenAfterTheWriteThatHasBegun() throws IOException {
        output.write(ByteBuffer.wrap(new byte[] {1, 2}), results::add);
        assertThat(output.forTyrus().isReady()).isTrue();
        output.forTyrus().write(new byte[] {0, 3, 4}, 1, 2);
        container.peerReads(2);
        assertThat(container.taken.toByteArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void onlyTheRangeOfASharedBufferIsWritten() throws IOException {
        ByteBuffer shared = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1).limit(3);
        container.peerReads(2);
        output.write(shared.slice().asReadOnlyBuffer(), results::add);
        output.write(shared.slice(), results::add);
        assertThat(container.taken.toByteArray()).containsExactly(1, 2, 1, 2);
        assertThat(results).hasSize(2);
    }

    @Test
    void afterTheEndWaitingWritesFailAndNothingIsWritten() throws IOException {
        output.write(ByteBuffer.allocate(1), results::add);
        output.end();
        assertThat(results).singleElement().matches(result -> !result.isOK());
        output.write(ByteBuffer.allocate(1), results::add);
        assertThat(results).hasSize(2).noneMatch(SendResult::isOK);
        container.peerReads(9);
        assertThat(container.taken.size()).isZero();
    }
}
