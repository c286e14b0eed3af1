package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import jakarta.websocket.DecodeException;
import jakarta.websocket.EncodeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binary frames, true and lying. */
class BinaryFrameTest {
    private static final ClientMessage.Say SAY =
            new ClientMessage.Say(Ref.of("r"), Samples.LOBBY, "i", Samples.attachment("ä.png", 1, 2, 3));

    @Test
    void anAttachmentArrivesAsItWasSent() throws EncodeException, DecodeException {
        ByteBuffer said = new ClientBinary.Encoder().encode(new ClientBinary(SAY));
        ByteBuffer entry = new ServerBinary.Encoder().encode(new ServerBinary(Samples.ATTACHMENT));

        assertThat(new ClientBinary.Decoder().decode(said)).isEqualTo(new ClientBinary(SAY));
        assertThat(new ServerBinary.Decoder().decode(entry)).isEqualTo(new ServerBinary(Samples.ATTACHMENT));
    }

    @Test
    void theBytesOnTheWireAreThoseOfTheProtocol() {
        String header = "{\"type\":\"entry\",\"room\":\"lobby\",\"seq\":2,\"from\":\"bob\","
                + "\"at\":\"2026-11-23T01:02:03.004Z\",\"media\":\"image/png\",\"name\":\"cat.png\"}";

        assertThat(BinaryFrame.encode(Samples.ATTACHMENT))
                .isEqualTo(frame(header.length(), header.getBytes(StandardCharsets.UTF_8), 0, 1, -1, 127, -128));
    }

    @Test
    void fetchedBytesArriveAsTheyWereSent() throws EncodeException, DecodeException {
        String header = "{\"type\":\"fetched\",\"ref\":7,\"room\":\"lobby\",\"seq\":5,\"size\":70000,\"offset\":65536}";
        ByteBuffer encoded = new ServerBinary.Encoder().encode(new ServerBinary(Samples.FETCHED));

        assertThat(encoded)
                .isEqualTo(frame(header.length(), header.getBytes(StandardCharsets.UTF_8), 0, 1, -1, 127, -128));
        assertThat(new ServerBinary.Decoder().decode(encoded)).isEqualTo(new ServerBinary(Samples.FETCHED));
    }

    @Test
    void theTypeMayBeLeftOut() {
        byte[] header = "{\"room\":\"lobby\",\"media\":\"a/b\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(BinaryFrame.readClient(frame(header.length, header)))
                .isEqualTo(new ClientMessage.Say(
                        null, Samples.LOBBY, null, new Body.Attachment("a/b", null, ByteBuffer.allocate(0))));
    }

    @Test
    void contentIsAViewOfTheFrameThatLeavesTheFrameAsItWas() {
        byte[] bytes = new byte[200];
        ByteBuffer encoded = BinaryFrame.encode(SAY);
        int length = encoded.remaining();
        ByteBuffer frame = ByteBuffer.wrap(bytes, 10, length).put(encoded).position(10);

        ByteBuffer content = content(BinaryFrame.readClient(frame));
        bytes[10 + length - 1] = 42;

        assertThat(frame.position()).isEqualTo(10);
        assertThat(content).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 42}));
    }

    @Test
    void decodersCopyBecauseContainersUseTheirBuffersAgain() throws DecodeException {
        ByteBuffer said = BinaryFrame.encode(SAY);
        ByteBuffer entry = BinaryFrame.encode(Samples.ATTACHMENT);
        ClientBinary readSaid = new ClientBinary.Decoder().decode(said);
        ServerBinary readEntry = new ServerBinary.Decoder().decode(entry);

        said.array()[said.limit() - 1]++;
        entry.array()[entry.limit() - 1]++;

        assertThat(readSaid.message()).isEqualTo(SAY);
        assertThat(readEntry.messages()).containsExactly(Samples.ATTACHMENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"media":"a/b","text":"hi","ref":"r"}  | text
            {"ref":"r"}                            | media
            {"ref":"r","media":1}                  | media
            {"ref":"r","media":""}                 | media
            {"ref":"r","media":"a/b","name":{}}    | name
            {"ref":"r","media":"a/b","media":"c"}  | media
            {"ref":"r","media":"a/b","room":"a b"} | room
            {"ref":"r","media":"a/b","type":7}     | type
            """)
    void aWrongFieldOfTheHeaderIsNamed(String header, String field) {
        ClientMessage.Invalid invalid = invalid(header.getBytes(StandardCharsets.UTF_8));

        assertThat(invalid.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(invalid.message()).contains(field);
        assertThat(invalid.ref()).isEqualTo(Ref.of("r"));
    }

    @Test
    void onlyWhatIsSaidComesInABinaryFrame() {
        assertThat(invalid("{\"type\":\"join\",\"room\":\"lobby\",\"media\":\"a/b\"}".getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo(ErrorCode.UNKNOWN_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "[]", "[{\"media\":\"a/b\"}]", "{\"media\":\"a/b\"", "{}{}"})
    void aHeaderThatIsNoJsonObjectIsInvalid(String header) {
        assertThat(invalid(header.getBytes(StandardCharsets.UTF_8)).code()).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void aHeaderThatIsNotUtf8IsInvalidAndNotRepaired() {
        for (byte[] bad :
                new byte[][] {{(byte) 0xff}, {(byte) 0xc0, (byte) 0x80}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}}) {
            ByteBuffer header = ByteBuffer.allocate(40)
                    .put("{\"media\":\"".getBytes(StandardCharsets.UTF_8))
                    .put(bad)
                    .put("\"}".getBytes(StandardCharsets.UTF_8))
                    .flip();
            byte[] bytes = new byte[header.remaining()];
            header.get(bytes);
            assertThat(invalid(bytes).message()).contains("UTF-8");
        }
    }

    @Test
    void aLengthIsNeverBelieved() {
        byte[] header = "{\"media\":\"a/b\"}".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= 0xffff; length++) {
            ClientMessage read = BinaryFrame.readClient(frame(length, header));
            assertThat(read instanceof ClientMessage.Invalid).isEqualTo(length != header.length);
        }
        assertThat(BinaryFrame.readClient(ByteBuffer.allocate(0))).isInstanceOf(ClientMessage.Invalid.class);
        assertThat(BinaryFrame.readClient(ByteBuffer.allocate(1))).isInstanceOf(ClientMessage.Invalid.class);
    }

    @Test
    void aHeaderOfMoreThanFourKibibytesIsRefused() {
        String start = "{\"media\":\"a/b\",\"x\":\"";
        String most = start + "x".repeat(4096 - start.length() - 2) + "\"}";

        assertThat(BinaryFrame.readClient(frame(4096, most.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ClientMessage.Say.class);
        assertThat(invalid((most + " ").getBytes(StandardCharsets.UTF_8)).message())
                .contains("4096");
    }

    @Test
    void theLongestHeaderThatCanBeWrittenCanBeRead() {
        String letter = new String(Character.toChars(0x20000));
        Body body = new Body.Attachment("\u0001".repeat(127), "\u0001".repeat(255), ByteBuffer.allocate(1));
        RoomName room = new RoomName(letter.repeat(64));
        ClientMessage.Say say = new ClientMessage.Say(Ref.of("\u0001".repeat(64)), room, "\u0001".repeat(64), body);
        CallerId caller = new CallerId(Caller.Kind.USER, "\"".repeat(126) + "\u4f60".repeat(128) + "\"");
        Entry entry = new Entry(
                room,
                Long.MAX_VALUE / 10,
                "\u0001".repeat(64),
                new UserName(letter.repeat(64)),
                caller,
                Samples.AT,
                body);

        assertThat(BinaryFrame.readClient(BinaryFrame.encode(say))).isEqualTo(say);
        assertThat(BinaryFrame.readServer(BinaryFrame.encode(entry))).containsExactly(entry);
        ServerMessage.Fetched fetched = new ServerMessage.Fetched(
                Ref.of("\u0001".repeat(64)),
                room,
                Long.MAX_VALUE / 10,
                Long.MAX_VALUE / 10,
                Long.MAX_VALUE / 10,
                ByteBuffer.allocate(1));
        assertThat(BinaryFrame.readServer(BinaryFrame.encode(fetched))).containsExactly(fetched);
    }

    @Test
    void mutatedFramesNeverMakeReadingThrow() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] valid = BinaryFrame.encode(SAY).array();
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = valid.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int end = random.nextInt(bytes.length + 1);
            assertThat(BinaryFrame.readClient(ByteBuffer.wrap(bytes, 0, end)))
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
        }
    }

    @Test
    void aTextIsNoBinaryFrame() {
        assertThatThrownBy(() -> new ServerBinary.Encoder().encode(new ServerBinary(Samples.TEXT)))
                .isInstanceOf(EncodeException.class)
                .hasCauseInstanceOf(ParleyException.class);
        assertThatThrownBy(() -> new ClientBinary.Encoder().encode(new ClientBinary(new ClientMessage.Beat())))
                .isInstanceOf(EncodeException.class)
                .hasCauseInstanceOf(ParleyException.class);
        assertThatThrownBy(() -> new ServerBinary.Decoder().decode(ByteBuffer.allocate(3)))
                .isInstanceOf(DecodeException.class)
                .hasCauseInstanceOf(ParleyException.class);
    }

    private static ByteBuffer content(ClientMessage message) {
        return ((Body.Attachment) ((ClientMessage.Say) message).body()).content();
    }

    private static ClientMessage.Invalid invalid(byte[] header) {
        ClientMessage read = BinaryFrame.readClient(frame(header.length, header));
        assertThat(read).isInstanceOf(ClientMessage.Invalid.class);
        return (ClientMessage.Invalid) read;
    }

    private static ByteBuffer frame(int length, byte[] header, int... content) {
        ByteBuffer frame = ByteBuffer.allocate(2 + header.length + content.length)
                .putShort((short) length)
                .put(header);
        for (int b : content) {
            frame.put((byte) b);
        }
        return frame.flip();
    }
}
