package dev.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes, said in a binary frame. */
interface AttachmentConformance extends Place {
    @Test
    default void bytesReachTheOthersInABinaryFrameAndStayInTheLog() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        byte[] content = bytes(10_000);
        ann.says("before");
        JsonObject said =
                ann.saysBytes(content, Map.of("room", room, "id", "p-1", "media", "image/png", "name", "Grüße.png"));
        ann.says("after");

        assertThat(Messages.seq(said)).isEqualTo(2);
        assertThat(said.getString("id")).isEqualTo("p-1");
        for (Person person : new Person[] {ann, bob}) {
            JsonObject entry = person.hears(3, room).get(1);
            assertThat(entry.getBoolean("binary", false)).isTrue();
            assertThat(entry.getString("from")).isEqualTo(ann.name());
            assertThat(Messages.seq(entry)).isEqualTo(2);
            assertIsThePicture(entry, content);
        }
        assertIsThePicture(Messages.entries(bob.asksForHistory(room, Map.of())).get(1), content);
        assertIsThePicture(Messages.entries(person("cid").joins(room)).get(1), content);
    }

    @Test
    default void aFrameUpToTheLimitIsTaken() {
        String room = room();
        Person ann = person("ann", room);
        byte[] content = bytes(1024 * 1024 - 1000);
        ann.saysBytes(content, Map.of("media", "application/octet-stream"));
        assertThat(ann.hears(1, room).get(0).getString("data"))
                .isEqualTo(Base64.getEncoder().encodeToString(content));
    }

    /** However its bytes and fragments are cut, and whatever control frames stand between them. */
    @Test
    default void aLargeMessageInPiecesArrivesWhole() {
        String room = room();
        Person ann = person("ann", room);
        byte[] content = bytes(200_000);
        byte[] header = ("{\"type\":\"say\",\"room\":\"" + room + "\",\"media\":\"image/png\",\"name\":\"Grüße.png\"}")
                .getBytes(UTF_8);
        byte[] message = Messages.binary(header, content);
        Random dice = new Random(content.length);
        for (int at = 0, size; at < message.length; at += size) {
            size = Math.min(1 + dice.nextInt(60_000), message.length - at);
            int opcode = at == 0 ? Frame.BINARY : Frame.CONTINUATION;
            byte[] payload = Arrays.copyOfRange(message, at, at + size);
            byte[] frame = new Frame(at + size == message.length, opcode, payload).masked();
            for (int sent = 0, part; sent < frame.length; sent += part) {
                part = Math.min(1 + dice.nextInt(20_000), frame.length - sent);
                ann.line().raw(Arrays.copyOfRange(frame, sent, sent + part));
            }
            ann.line().send(new Frame(true, Frame.PING, new byte[] {(byte) at}));
        }
        assertIsThePicture(ann.hears(1, room).get(0), content);
    }

    @Test
    default void aBinaryFrameThatIsNoMessageIsRefusedAndTheConnectionGoesOn() {
        Person ann = person("ann", room());
        byte[] header = "{\"type\":\"say\"}".getBytes(UTF_8);
        byte[] noMessage = "no message".getBytes(UTF_8);
        for (byte[] frame : new byte[][] {
            {},
            {0},
            {0, 5, '{'},
            {(byte) 0xFF, (byte) 0xFF, '{', '}'},
            Messages.binary(noMessage, header),
            Messages.binary(header, noMessage)
        }) {
            ann.line().send(new Frame(true, Frame.BINARY, frame));
            assertThat(ann.awaits("error").getString("code")).isEqualTo("badRequest");
        }
        assertThat(Messages.seq(ann.says("still here"))).isEqualTo(1);
    }

    private static void assertIsThePicture(JsonObject entry, byte[] content) {
        assertThat(entry.getString("media")).isEqualTo("image/png");
        assertThat(entry.getString("name")).isEqualTo("Grüße.png");
        assertThat(entry.getString("data")).isEqualTo(Base64.getEncoder().encodeToString(content));
        assertThat(entry).doesNotContainKey("text");
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
