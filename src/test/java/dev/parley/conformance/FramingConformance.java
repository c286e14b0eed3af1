package dev.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.KnownDifferences.Breach;
import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Frames that RFC 6455 forbids, or that are larger than the server takes: each ends its own connection, no other. */
interface FramingConformance extends Place {
    int MIB = 1024 * 1024;
    /** Instead of a close code: the server goes on as if nothing had happened. */
    int GOES_ON = 0;

    byte[] BEAT = "{\"type\":\"beat\"}".getBytes(UTF_8);

    @Test
    default void aTextAboveTheLimitIsCutOff() {
        assertCutOff(Breach.TEXT_TOO_LARGE, line -> line.send("x".repeat(64 * 1024 + 1)));
    }

    @Test
    default void aTextFarAboveTheLimitIsCutOff() {
        assertCutOff(Breach.TEXT_FAR_TOO_LARGE, line -> line.send("x".repeat(8 * MIB)));
    }

    @Test
    default void aTextAboveTheLimitThatIsNotUtf8IsCutOff() {
        byte[] text = "x".repeat(110 << 10).getBytes(UTF_8);
        text[100 << 10] = (byte) 0xFF;
        assertCutOff(Breach.TEXT_TOO_LARGE_AND_NOT_UTF8, line -> line.send(new Frame(true, Frame.TEXT, text)));
    }

    @Test
    default void aTextIsMeasuredInBytes() {
        assertCutOff(Breach.TEXT_TOO_LARGE, line -> line.send("ż".repeat(32 * 1024 + 1)));
    }

    @Test
    default void aBinaryMessageAboveTheLimitIsCutOff() {
        assertCutOff(Breach.BINARY_TOO_LARGE, line -> line.send(new Frame(true, Frame.BINARY, new byte[MIB + 1])));
    }

    @Test
    default void fragmentsOfATextAboveTheLimitAreCutOff() {
        assertCutOff(Breach.FRAGMENTS_TOO_LARGE, line -> {
            fragments(line, Frame.TEXT, 9);
            line.send(new Frame(true, Frame.CONTINUATION, new byte[0]));
        });
    }

    /** No more is sent than a little above the limit, and the message never ends: it's for the server to end it. */
    @Test
    default void aTextWithoutAnEndIsCutOffSoonAfterTheLimit() {
        assertEnded(Breach.FRAGMENTS_TOO_LARGE, line -> fragments(line, Frame.TEXT, 10));
    }

    @Test
    default void aBinaryMessageWithoutAnEndIsCutOffSoonAfterTheLimit() {
        assertEnded(Breach.FRAGMENTS_TOO_LARGE, line -> fragments(line, Frame.BINARY, 130));
    }

    @Test
    default void textThatIsNotUtf8IsCutOff() {
        for (String bytes : List.of("22c328", "22c0af", "22eda080", "22f4908080", "22ff", "22e282")) {
            byte[] text = HexFormat.of().parseHex(bytes);
            assertCutOff(Breach.NOT_UTF8, line -> line.send(new Frame(true, Frame.TEXT, text)));
        }
    }

    @Test
    default void textThatIsNotUtf8AcrossFragmentsIsCutOff() {
        for (String bytes : List.of("22c3,28", "22e2,82,28", "22e2,82,", "22ed,a080", "22f0,9f98,")) {
            String[] pieces = bytes.split(",", -1);
            assertCutOff(Breach.NOT_UTF8_IN_FRAGMENTS, line -> {
                for (int i = 0; i < pieces.length; i++) {
                    byte[] piece = HexFormat.of().parseHex(pieces[i]);
                    line.send(new Frame(i == pieces.length - 1, i == 0 ? Frame.TEXT : Frame.CONTINUATION, piece));
                }
            });
        }
    }

    @Test
    default void aCharacterCutByFragmentsIsWhole() {
        String room = room();
        Person ann = person("ann", room);
        byte[] say = "{\"type\":\"say\",\"text\":\"ż€😀\"}".getBytes(UTF_8);
        for (int i = 0; i < say.length; i++) {
            boolean last = i == say.length - 1;
            ann.line().send(new Frame(last, i == 0 ? Frame.TEXT : Frame.CONTINUATION, new byte[] {say[i]}));
        }
        assertThat(ann.hears(1, room).get(0).getString("text")).isEqualTo("ż€😀");
    }

    @Test
    default void manyFragmentsWithNothingInThemAreTaken() {
        Person ann = person("ann", room());
        line(ann, new Frame(false, Frame.TEXT, BEAT));
        for (int i = 0; i < 1_000; i++) {
            line(ann, new Frame(false, Frame.CONTINUATION, new byte[0]));
        }
        line(ann, new Frame(true, Frame.CONTINUATION, new byte[0]));
        ann.awaits("beat");
        assertThat(Messages.seq(ann.says("still here"))).isEqualTo(1);
    }

    private static void line(Person person, Frame frame) {
        person.line().send(frame);
    }

    @Test
    default void aFrameWithoutAMaskIsCutOff() {
        assertCutOff(Breach.UNMASKED, line -> line.raw(new Frame(true, Frame.TEXT, BEAT).unmasked()));
    }

    /** As a number of 64 bits, which Java reads as a negative one; those that follow would be all there is of it. */
    @Test
    default void aLengthWithTheHighestBitIsCutOff() {
        for (int opcode : new int[] {Frame.TEXT, Frame.BINARY}) {
            byte[] frame = new Frame(true, opcode, new byte[1 << 16]).masked();
            frame[2] = (byte) 0x80;
            assertCutOff(Breach.NEGATIVE_LENGTH, line -> line.raw(frame));
        }
    }

    @Test
    default void headersInPiecesAreTaken() {
        String room = room();
        Person ann = person("ann", room);
        for (int length : new int[] {20, 300}) {
            String text = "x".repeat(length);
            byte[] frame =
                    Frame.text("{\"type\":\"say\",\"text\":\"" + text + "\"}").masked();
            for (byte each : frame) {
                ann.line().raw(new byte[] {each});
            }
            assertThat(ann.hears(1, room).get(0).getString("text")).isEqualTo(text);
        }
    }

    @Test
    default void aReservedOpcodeIsCutOff() {
        for (int opcode : new int[] {0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF}) {
            assertCutOff(
                    opcode < 8 ? Breach.RESERVED_OPCODE : Breach.RESERVED_CONTROL_OPCODE,
                    line -> line.send(new Frame(true, opcode, BEAT)));
        }
    }

    @Test
    default void aReservedBitIsCutOff() {
        for (int bit : new int[] {0x40, 0x20, 0x10, 0x70}) {
            assertCutOff(Breach.RESERVED_BIT, line -> line.send(new Frame(true, bit | Frame.TEXT, BEAT)));
            assertCutOff(Breach.RESERVED_BIT, line -> line.send(new Frame(true, bit | Frame.BINARY, BEAT)));
            assertCutOff(Breach.RESERVED_BIT, line -> line.send(new Frame(true, bit | Frame.PING, BEAT)));
        }
    }

    @Test
    default void aControlFrameAboveItsLimitIsCutOff() {
        for (int opcode : new int[] {Frame.PING, Frame.PONG}) {
            for (int size : new int[] {126, 40_000, 70_000}) {
                assertCutOff(Breach.LONG_CONTROL, line -> line.send(new Frame(true, opcode, new byte[size])));
            }
        }
    }

    @Test
    default void aControlFrameInFragmentsIsCutOff() {
        for (int opcode : new int[] {Frame.PING, Frame.PONG}) {
            assertCutOff(Breach.FRAGMENTED_CONTROL, line -> line.send(new Frame(false, opcode, BEAT)));
        }
    }

    @Test
    default void aContinuationOfNothingIsCutOff() {
        for (boolean fin : new boolean[] {true, false}) {
            assertCutOff(Breach.STRAY_CONTINUATION, line -> line.send(new Frame(fin, Frame.CONTINUATION, BEAT)));
        }
    }

    @Test
    default void aMessageWithinAnotherIsCutOff() {
        for (int opcode : new int[] {Frame.TEXT, Frame.BINARY}) {
            assertCutOff(Breach.START_WITHIN_MESSAGE, line -> {
                line.send(new Frame(false, Frame.TEXT, BEAT));
                line.send(new Frame(true, opcode, BEAT));
            });
        }
    }

    @Test
    default void aCloseFrameThatIsNoneIsCutOff() {
        assertEnded(Breach.CLOSE_OF_ONE_BYTE, line -> line.send(new Frame(true, Frame.CLOSE, new byte[1])));
        assertEnded(Breach.LONG_CLOSE, line -> line.send(Frame.close(1000, "x".repeat(124))));
        assertEnded(Breach.FRAGMENTED_CLOSE, line -> line.send(new Frame(false, Frame.CLOSE, new byte[0])));
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535}) {
            assertEnded(Breach.CLOSE_CODE, line -> line.send(Frame.close(code, "")));
        }
        byte[] reason = HexFormat.of().parseHex("03e8c328");
        assertEnded(Breach.CLOSE_REASON, line -> line.send(new Frame(true, Frame.CLOSE, reason)));
    }

    private void assertCutOff(Breach breach, Consumer<RawClient> doing) {
        Person bob = person("bob", room());
        Person ann = person("ann", room());
        attempt(
                ann.line(),
                doing.andThen(line ->
                        // Whoever goes on in spite of the breach answers this.
                        line.send("{\"type\":\"join\",\"room\":\"lobby\",\"limit\":0}")));
        assertThat(hasGoneOn(ann) ? GOES_ON : ann.isClosed()).isIn(KnownDifferences.codes(server(), breach));
        assertThat(Messages.seq(bob.says("not harmed"))).isEqualTo(1);
    }

    private static boolean hasGoneOn(Person ann) {
        return ann.awaitsUnlessClosed("joined, or the end", message -> Messages.is(message, "joined"))
                .isPresent();
    }

    /** Nothing is sent after it: within a message that has not ended, that would be a breach of its own. */
    private void assertEnded(Breach breach, Consumer<RawClient> doing) {
        Person ann = person("ann", room());
        attempt(ann.line(), doing);
        assertThat(ann.isClosed()).isIn(KnownDifferences.codes(server(), breach));
    }

    private static void attempt(RawClient line, Consumer<RawClient> doing) {
        try {
            doing.accept(line);
        } catch (UncheckedIOException cutOff) {
            // The server didn't wait for the rest; why, it said before.
        }
    }

    private static void fragments(RawClient line, int opcode, int count) {
        byte[] eightKib = "x".repeat(8 * 1024).getBytes(UTF_8);
        for (int i = 0; i < count; i++) {
            line.send(new Frame(false, i == 0 ? opcode : Frame.CONTINUATION, eightKib));
        }
    }
}
