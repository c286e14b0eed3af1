package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ErrorCode;
import dev.parley.message.ServerMessage;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text that is encoded once and sent to many. */
class EncodedTextTest {
    private static final ServerMessage BEAT = new ServerMessage.Beat();
    private static final String JSON = "{\"type\":\"beat\"}";

    @Test
    void oneMessageIsAnObjectAndSeveralAreAnArray() {
        EncodedText one = EncodedText.of(BEAT);
        EncodedText two = EncodedText.of(List.of(BEAT, BEAT));

        assertThat(one.frame()).isEqualTo(JSON);
        assertThat(EncodedText.of(List.of(BEAT)).frame()).isEqualTo(JSON);
        assertThat(two.frame()).isEqualTo("[" + JSON + "," + JSON + "]");
        assertThat(EncodedText.frame(List.of(one))).isEqualTo(JSON);
        assertThat(EncodedText.frame(List.of(two))).isEqualTo(two.frame());
        assertThat(EncodedText.frame(List.of(one, two, one)))
                .isEqualTo("[" + String.join(",", JSON, JSON, JSON, JSON) + "]");
        assertThat(two.count()).isEqualTo(2);
    }

    @Test
    void theSameFrameIsGivenOutEachTime() {
        EncodedText two = EncodedText.of(List.of(BEAT, BEAT));

        assertThat(two.frame()).isSameAs(two.frame());
        assertThat(EncodedText.frame(List.of(two))).isSameAs(two.frame());
    }

    @Test
    void joinedFramesAreReadAsAllTheirMessagesInOrder() {
        List<ServerMessage> all = Samples.serverMessages().toList();
        List<EncodedText> parts = List.of(
                EncodedText.of(all.subList(0, 7)),
                EncodedText.of(all.get(7)),
                EncodedText.of(all.subList(8, all.size())));

        assertThat(MessageJson.readServer(EncodedText.frame(parts))).isEqualTo(all);
    }

    @Test
    void nothingMakesNoFrame() {
        assertThatThrownBy(() -> EncodedText.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EncodedText.frame(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyTextIsWrittenAsJsonThatAnotherParserReadsAndCountedInBytes() {
        var parsers = JsonProvider.provider().createParserFactory(Map.of());
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 5000; round++) {
            String text = randomText(random);
            EncodedText encoded = EncodedText.of(new ServerMessage.Error(null, ErrorCode.NOT_FOUND, text));
            String read = null;
            try (JsonParser parser = parsers.createParser(new StringReader(encoded.frame()))) {
                while (parser.hasNext()) {
                    if (parser.next() == JsonParser.Event.VALUE_STRING) {
                        read = parser.getString();
                    }
                }
            }
            assertThat(read).as("seed %d, round %d", seed, round).isEqualTo(text);
            byte[] utf8 = encoded.frame().getBytes(StandardCharsets.UTF_8);
            assertThat(encoded.bytes()).as("seed %d, round %d", seed, round).isEqualTo(utf8.length);
            assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(encoded.frame());
        }
    }

    @Test
    void theBracketsOfAFrameAreNotCounted() {
        EncodedText two = EncodedText.of(List.of(Samples.TEXT, BEAT));

        assertThat(two.bytes()).isEqualTo(two.frame().getBytes(StandardCharsets.UTF_8).length - 2);
    }

    /** Of all kinds of characters that need care: controls, quotes, one to four bytes long, and lone surrogates. */
    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(40); length > 0; length--) {
            switch (random.nextInt(7)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append("\"\\/\u007f\u2028\u2029".charAt(random.nextInt(6)));
                case 2 -> text.append((char) (0x80 + random.nextInt(0x780)));
                case 3 -> text.append((char) (0x800 + random.nextInt(0xd000)));
                case 4 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                case 5 -> text.append((char) (0xd800 + random.nextInt(0x800)));
                default -> text.append((char) (' ' + random.nextInt(95)));
            }
        }
        return text.toString();
    }
}
