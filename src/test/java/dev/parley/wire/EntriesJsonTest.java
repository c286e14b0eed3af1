package dev.parley.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of entries: short on the wire, and the same entries at its other end. */
class EntriesJsonTest {
    private static final String RUN = """
            {"type":"entries","room":"lobby","seq":1,"at":"2026-11-23T01:02:03.004Z",\
            "senders":[{"from":"ann"},{"from":"bob","caller":{"kind":"application","id":"herald"}},\
            {"from":"ann","caller":{"kind":"user","id":"ann\\"@example.com"}}],\
            "entries":[{"id":"c1","text":"Hello, \\"Server\\"!\\n\\u0001\\t\\\\ é 你 😀"},\
            {"by":1,"ms":7,"kind":"Order\\"","data":{"id":7,"price":19.90,"é":[null,true,{}]}},\
            {"by":2,"ms":-1,"id":"c3","text":"erased","erased":true},\
            {"media":"image/png","name":"cat.png","size":9,"expired":true}]}""";

    private static List<ServerMessage> run() {
        return List.of(
                Samples.TEXT,
                new Entry(Samples.LOBBY, 2, null, Samples.BOB, Samples.HERALD, Samples.AT.plusMillis(7), Samples.DATA),
                Entry.erased(Samples.LOBBY, 3, "c3", Samples.ANN, Samples.SIGNED_IN, Samples.AT.minusMillis(1)),
                new Entry(
                        Samples.LOBBY,
                        4,
                        null,
                        Samples.ANN,
                        CallerId.GUEST,
                        Samples.AT,
                        new Body.Reference("image/png", "cat.png", 9, true)));
    }

    @Test
    void aRunIsOneMessage() {
        EncodedText encoded = EncodedText.ofRuns(run());

        assertThat(encoded.frame()).isEqualTo(RUN);
        assertThat(encoded.count()).isEqualTo(1);
        assertThat(encoded.bytes()).isEqualTo(RUN.getBytes(StandardCharsets.UTF_8).length);
        assertThat(MessageJson.readServer(RUN)).isEqualTo(run());
        assertThat(BinaryFrame.readServer(ByteBuffer.wrap(encoded.frame().getBytes(UTF_8))))
                .isEqualTo(run());
    }

    @Test
    void runsOfOneFrameKeepTheirOrderBesideOtherMessages() {
        EncodedText beat = EncodedText.of(new ServerMessage.Beat());
        EncodedText run = EncodedText.ofRuns(run());
        List<EncodedText> parts = List.of(beat, run, beat, run);
        List<ServerMessage> all = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            all.add(new ServerMessage.Beat());
            all.addAll(run());
        }

        assertThat(MessageJson.readServer(EncodedText.frame(parts))).isEqualTo(all);
        assertThat(BinaryFrame.readServer(
                        ByteBuffer.wrap(EncodedText.frame(parts).getBytes(UTF_8))))
                .isEqualTo(all);
    }

    @Test
    void aSingleEntryAndOtherMessagesAreAsInTheOlderSubProtocol() {
        List<ServerMessage> apart = List.of(
                entry("lobby", 1), new ServerMessage.Beat(), entry("lobby", 2), entry("other", 3), entry("other", 5));

        assertThat(EncodedText.ofRuns(apart).frame())
                .isEqualTo(EncodedText.of(apart).frame());
        assertThat(EncodedText.ofRuns(List.of(entry("lobby", 1))).frame())
                .isEqualTo(EncodedText.of(entry("lobby", 1)).frame());
        assertThatThrownBy(() -> EncodedText.ofRuns(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void guestsOfOneNameAreNotToldApart() {
        List<Entry> guests = Stream.of("secret 1", "secret 2")
                .map(id -> new Entry(
                        Samples.LOBBY,
                        id.equals("secret 1") ? 1 : 2,
                        null,
                        Samples.ANN,
                        new CallerId(Caller.Kind.GUEST, id),
                        Samples.AT,
                        new Body.Text("hi")))
                .toList();

        assertThat(EncodedText.ofRuns(guests).frame())
                .contains("\"senders\":[{\"from\":\"ann\"}]")
                .doesNotContain("\"by\"", "secret");
    }

    @Test
    void aRunEndsWhereTheNumbersOrTheRoomDo() {
        List<ServerMessage> messages =
                List.of(entry("lobby", 1), entry("lobby", 2), entry("lobby", 4), entry("lobby", 5), entry("other", 6));
        EncodedText encoded = EncodedText.ofRuns(messages);

        assertThat(encoded.count()).isEqualTo(3);
        assertThat(encoded.frame().split("\"type\":\"entries\"", -1)).hasSize(3);
        assertThat(MessageJson.readServer(encoded.frame())).isEqualTo(messages);
    }

    @Test
    void anyRunIsReadAsItsEntries() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<ServerMessage> run = new ArrayList<>();
            for (int i = 0, count = 1 + random.nextInt(30); i < count; i++) {
                run.add(new Entry(
                        Samples.LOBBY,
                        100 + i,
                        random.nextBoolean() ? null : "id-" + i,
                        random.nextBoolean() ? Samples.ANN : Samples.BOB,
                        random.nextBoolean() ? CallerId.GUEST : Samples.HERALD,
                        Samples.AT.plusMillis(random.nextInt(5) - 1),
                        random.nextBoolean() ? Samples.DATA : Samples.TEXT.body()));
            }
            EncodedText encoded = EncodedText.ofRuns(run);
            assertThat(MessageJson.readServer(encoded.frame()))
                    .as("seed %d", seed)
                    .isEqualTo(run);
            assertThat(encoded.frame().getBytes(StandardCharsets.UTF_8))
                    .as("seed %d", seed)
                    .hasSize(encoded.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"entries\"}",
                "{\"type\":\"entries\",\"room\":\"a\",\"seq\":1,\"at\":\"2026-11-23T01:02:03.004Z\",\"senders\":[],\"entries\":[{\"text\":\"b\"}]}",
                "{\"type\":\"entries\",\"room\":\"a\",\"seq\":1,\"at\":\"2026-11-23T01:02:03.004Z\",\"senders\":[{\"from\":\"c\"}],\"entries\":[{\"by\":1,\"text\":\"b\"}]}",
                "{\"type\":\"entries\",\"room\":\"a\",\"seq\":1,\"at\":\"2026-11-23T01:02:03.004Z\",\"senders\":[{\"from\":\"c\"}],\"entries\":[{\"by\":-1,\"text\":\"b\"}]}",
                "{\"type\":\"entries\",\"room\":\"a\",\"seq\":1,\"at\":\"+1000000000-12-31T23:59:59.999Z\",\"senders\":[{\"from\":\"c\"}],\"entries\":[{\"ms\":1,\"text\":\"b\"}]}",
                "{\"type\":\"entries\",\"room\":\"a\",\"seq\":1,\"at\":\"2026-11-23T01:02:03.004Z\",\"senders\":[{\"from\":\"c\"}],\"entries\":[{\"id\":\"d\"}]}",
                "{\"type\":\"entries\",\"room\":\"a\",\"seq\":0,\"at\":\"2026-11-23T01:02:03.004Z\",\"senders\":[{\"from\":\"c\"}],\"entries\":[{\"text\":\"b\"}]}",
                "{\"type\":\"entries\",\"room\":\"a\",\"seq\":1,\"at\":\"2026-11-23T01:02:03.004Z\",\"senders\":[{\"from\":\"c\"}],\"entries\":[7]}",
            })
    void aWrongRunIsRejected(String run) {
        assertThatThrownBy(() -> MessageJson.readServer(run))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void jsonThatIsNotUtf8IsRejectedInABinaryFrame() {
        assertThatThrownBy(() -> BinaryFrame.readServer(ByteBuffer.wrap(new byte[] {'[', '"', (byte) 0xC3, '"', ']'})))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("UTF-8");
    }

    private static Entry entry(String room, long seq) {
        return new Entry(
                new RoomName(room), seq, null, new UserName("ann"), CallerId.GUEST, Samples.AT, new Body.Text("hi"));
    }
}
