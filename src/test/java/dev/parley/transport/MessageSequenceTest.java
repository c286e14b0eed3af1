package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MessageSequenceTest {
    private static final String MASK = "01020304";
    private static final String TEXT = "8180";
    private static final String TEXT_BEGINS = "0180";
    private static final String BINARY = "8280";
    private static final String CONTINUES = "0080";
    private static final String ENDS = "8080";

    private final FrameHeader header = new FrameHeader();
    private final MessageSequence messages = new MessageSequence(true);

    private ByteBuffer read(String begin) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(begin + MASK));
        header.read(bytes, 0);
        return bytes;
    }

    private boolean continues(String begin) {
        read(begin);
        return messages.continues(header);
    }

    @Test
    void aContinuationOfNothingIsFound() {
        assertThat(continues(TEXT)).isTrue();
        assertThat(continues(CONTINUES)).isFalse();
    }

    @Test
    void aMessageWithinAnotherIsFound() {
        assertThat(continues(TEXT_BEGINS)).isTrue();
        assertThat(continues(CONTINUES)).isTrue();
        assertThat(continues(BINARY)).isFalse();
    }

    @Test
    void aMessageMayFollowTheEndOfAnother() {
        assertThat(continues(TEXT_BEGINS)).isTrue();
        assertThat(continues(ENDS)).isTrue();
        assertThat(continues(BINARY)).isTrue();
    }

    @Test
    void theContainerGetsTextsAsBinaryMessagesAndTheEndpointKnowsThem() {
        for (String begin : new String[] {TEXT_BEGINS, CONTINUES, ENDS, BINARY, TEXT}) {
            ByteBuffer bytes = read(begin);
            messages.begin(header, bytes, 0);
            assertThat(bytes.get(0) & 0x0F).isEqualTo(begin.charAt(1) == '0' ? 0 : FrameHeader.BINARY);
        }

        assertThat(messages.isText(false)).isTrue();
        assertThat(messages.isText(false)).isTrue();
        assertThat(messages.isText(true)).isTrue();
        assertThat(messages.isText(true)).isFalse();
        assertThat(messages.isText(true)).isTrue();
        assertThat(messages.isText(true)).isFalse();
    }

    @Test
    void theBytesOfOneMessageAreCounted() {
        messages.begin(header, read(TEXT_BEGINS), 0);
        messages.add(5);
        messages.begin(header, read(ENDS), 0);
        messages.add(7);
        assertThat(messages.bytes()).isEqualTo(12);
        messages.begin(header, read(BINARY), 0);
        assertThat(messages.bytes()).isZero();
        assertThat(messages.isBinary()).isTrue();
    }
}
