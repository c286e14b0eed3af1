package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHeaderTest {
    private static final String MASK = "01020304";

    private final FrameHeader header = new FrameHeader();

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "8180, 0",
        "81fd, 125",
        "82fe007e, 126",
        "82feffff, 65535",
        "01ff0000000000010000, 65536",
        "82ff7fffffffffffffff, 9223372036854775807"
    })
    void theHeaderIsReadWhenAllOfItHasCome(String begin, long length) {
        ByteBuffer bytes = bytes("ff" + begin + MASK + "ff");
        int size = bytes.limit() - 2;
        for (int come = 1; come <= size; come++) {
            assertThat(header.read(bytes.duplicate().limit(come), 1)).isEqualTo(FrameHeader.INCOMPLETE);
        }

        assertThat(header.read(bytes, 1)).isEqualTo(size);
        assertThat(header.length()).isEqualTo(length);
    }

    /** No mask, reserved bits, reserved opcodes, a control frame that is no single small frame, and a negative length. */
    @ParameterizedTest
    @ValueSource(strings = {"8100", "c180", "8380", "8b80", "0980", "88fe", "82ffffffffffffffffff"})
    void headersThatTheStandardForbidsAreFoundBeforeThePayload(String begin) {
        assertThat(header.read(bytes(begin + MASK), 0)).isEqualTo(FrameHeader.FORBIDDEN);
    }

    @Test
    void thePayloadIsUnmaskedByItsPosition() {
        header.read(bytes("8185" + MASK), 0);

        assertThat(header.unmask((byte) 0x11, 0)).isEqualTo((byte) 0x10);
        assertThat(header.unmask((byte) 0x11, 3)).isEqualTo((byte) 0x15);
        assertThat(header.unmask((byte) 0x11, 5)).isEqualTo((byte) 0x13);
    }

    @Test
    void onlyTheFirstFragmentHasTheOpcodeAndOnlyTheLastTheEnd() {
        header.read(bytes("82fe5000" + MASK), 0);

        assertThat(header.nextFragment(8_192, false)).isEqualTo(bytes("02fe2000" + MASK));
        assertThat(header.nextFragment(8_192, false)).isEqualTo(bytes("00fe2000" + MASK));
        assertThat(header.nextFragment(100, true)).isEqualTo(bytes("80e4" + MASK));
    }

    @Test
    void theLastFragmentOfAFrameThatIsNotTheLastOfItsMessageIsNotTheEnd() {
        header.read(bytes("01fe5000" + MASK), 0);

        assertThat(header.nextFragment(8_192, true)).isEqualTo(bytes("01fe2000" + MASK));
    }

    @Test
    void aTextBecomesABinaryMessageInItsBytesToo() {
        ByteBuffer bytes = bytes("ff0183" + MASK);
        header.read(bytes, 1);
        header.becomeBinary(bytes, 1);

        assertThat(header.opcode()).isEqualTo(FrameHeader.BINARY);
        assertThat(header.isFinal()).isFalse();
        assertThat(bytes).isEqualTo(bytes("ff0283" + MASK));
    }

    @Test
    void aCloseFrameIsMadeOfItsPayload() {
        assertThat(FrameHeader.close(bytes("03e841"))).isEqualTo(bytes("88830000000003e841"));
    }
}
