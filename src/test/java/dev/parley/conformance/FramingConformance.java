package dev.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.KnownDifferences.Breach;
import dev.parley.testing.Frame;
import dev.parley.testing.RawClient;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Frames that RFC 6455 forbids, or that are larger than the server takes: each ends its own connection, no other. */
interface FramingConformance extends Place {
    int MIB = 1024 * 1024;
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
        assertCutOff(
                Breach.NOT_UTF8, line -> line.send(new Frame(true, Frame.TEXT, new byte[] {'"', (byte) 0xC3, 0x28})));
    }

    @Test
    default void aFrameWithoutAMaskIsCutOff() {
        assertCutOff(Breach.UNMASKED, line -> line.raw(new Frame(true, Frame.TEXT, BEAT).unmasked()));
    }

    @Test
    default void aReservedOpcodeIsCutOff() {
        assertCutOff(Breach.RESERVED_OPCODE, line -> line.send(new Frame(true, 0x3, BEAT)));
    }

    @Test
    default void aReservedBitIsCutOff() {
        assertCutOff(Breach.RESERVED_BIT, line -> line.send(new Frame(true, 0x40 | Frame.TEXT, BEAT)));
    }

    @Test
    default void aPingAboveItsLimitIsCutOff() {
        assertCutOff(Breach.LONG_PING, line -> line.send(new Frame(true, Frame.PING, new byte[126])));
    }

    @Test
    default void aPingInFragmentsIsCutOff() {
        assertCutOff(Breach.FRAGMENTED_PING, line -> line.send(new Frame(false, Frame.PING, BEAT)));
    }

    @Test
    default void aContinuationOfNothingIsCutOff() {
        assertCutOff(Breach.STRAY_CONTINUATION, line -> line.send(new Frame(true, Frame.CONTINUATION, BEAT)));
    }

    private void assertCutOff(Breach breach, Consumer<RawClient> doing) {
        Person bob = person("bob", room());
        Person ann = person("ann", room());
        attempt(
                ann.line(),
                doing.andThen(line ->
                        // Whoever goes on in spite of the breach answers this.
                        line.send("{\"type\":\"join\",\"room\":\"lobby\",\"limit\":0}")));
        assertThat(ann.hasGoneOn() ? KnownDifferences.GOES_ON : ann.isClosed())
                .isIn(KnownDifferences.codes(server(), breach));
        assertThat(Place.seq(bob.says("not harmed"))).isEqualTo(1);
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
