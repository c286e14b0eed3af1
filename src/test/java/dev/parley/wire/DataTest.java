package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ServerMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of applications, on their way through a server. */
class DataTest {
    private static ClientMessage read(String fields) {
        List<ClientMessage> messages = MessageJson.readClient("{\"type\":\"say\"," + fields + "}");
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static Body said(String fields) {
        return ((ClientMessage.Say) read(fields)).body();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{}",
                "[ ]|[]",
                "{ \"b\" : 1.10 , \"a\" : [ 1e3 , -0 , 12345678901234567890.000 ] }|{\"b\":1.10,\"a\":[1e3,-0,12345678901234567890.000]}",
                "{\"a\":{\"b\":[[],{},\"\",null]},\"c\":true,\"d\":false}|{\"a\":{\"b\":[[],{},\"\",null]},\"c\":true,\"d\":false}",
                "[\"\\u00e9\\n\\/\\\"\"]|[\"é\\n/\\\"\"]",
                "\"a text\"|\"a text\"",
                "0.10|0.10",
                "true|true",
                "false|false",
                "null|null"
            })
    void aValueArrivesWithoutSpacesAndWithItsNumbersAsTheyWereWritten(String sent, String json) {
        assertThat(said("\"kind\":\"k\",\"data\":" + sent)).isEqualTo(new Body.Data("k", json));
        Entry entry =
                new Entry(Samples.LOBBY, 1, null, Samples.ANN, CallerId.GUEST, Samples.AT, new Body.Data("k", json));
        String frame = MessageJson.write(entry);
        assertThat(frame).endsWith(",\"kind\":\"k\",\"data\":" + json + ",\"text\":\"k\"}");
        assertThat(MessageJson.readServer(frame)).containsExactly(entry);
        ServerMessage page = new ServerMessage.History(null, Samples.LOBBY, List.of(entry), false);
        assertThat(MessageJson.readServer(MessageJson.write(page))).containsExactly(page);
        ClientMessage say = new ClientMessage.Say(null, null, null, entry.body());
        assertThat(MessageJson.readClient(MessageJson.write(say))).containsExactly(say);
    }

    @Test
    void dataWithoutAKindHasTheUsualOne() {
        assertThat(said("\"data\":[1]")).isEqualTo(new Body.Data("data", "[1]"));
        assertThat(said("\"text\":\"hi\",\"data\":null")).isEqualTo(new Body.Text("hi"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"kind\":\"k\"|data is missing",
                "\"kind\":7,\"data\":1|kind must be a string",
                "\"kind\":\"\",\"data\":1|kind must have 1 to 64 characters",
                "\"kind\":\"k\",\"text\":\"hi\"|data is missing",
                "\"kind\":\"k\",\"data\":1,\"text\":\"hi\"|either text or data, not both",
                "\"data\":1,\"data\":1|data must not be given twice",
                "\"data\":[\"\\u0000\"]|data must not contain U+0000",
                "\"data\":[\"\\ud800\"]|data must be Unicode: it has a lone surrogate",
                "\"data\":{\"\\ud800\":1}|data must be Unicode: it has a lone surrogate",
                "\"data\":[1e99999]|an exponent in data must have at most 4 digits"
            })
    void dataThatIsWrongIsNamed(String fields, String why) {
        assertThat(read(fields)).isInstanceOfSatisfying(ClientMessage.Invalid.class, invalid -> {
            assertThat(invalid.message()).isEqualTo(why);
            assertThat(invalid.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        });
    }

    @Test
    void hostileDataIsRefusedInABoundedTime() {
        for (String data : new String[] {
            "[".repeat(25) + "]".repeat(25),
            "[".repeat(30_000),
            "{\"a\":".repeat(30_000),
            "9".repeat(60_000),
            "[1" + "0".repeat(60_000) + "]"
        }) {
            assertThat(read("\"data\":" + data))
                    .isInstanceOfSatisfying(
                            ClientMessage.Invalid.class,
                            invalid -> assertThat(invalid.code()).isEqualTo(ErrorCode.BAD_REQUEST));
        }
    }

    /** Clients before this version read 32 levels, and three of them are those of the page. */
    @Test
    void theDeepestDataOfAPageIsReadByClientsBeforeThisVersion() {
        Body deepest = new Body.Data("k", "[".repeat(24) + "]".repeat(24));
        Entry entry = new Entry(Samples.LOBBY, 1, null, Samples.ANN, CallerId.GUEST, Samples.AT, deepest);
        String page = MessageJson.write(new ServerMessage.History(null, Samples.LOBBY, List.of(entry), false));
        assertThat(FieldsReader.deep()
                        .read(page.replace("\"data\"", "\"unknown\"").replace("\"kind\"", "\"unknown2\""), 1))
                .hasSize(1);
        assertThat(((ServerMessage.History) MessageJson.readServer(
                                        page.replace("\"data\"", "\"unknown\"").replace("\"kind\"", "\"unknown2\""))
                                .get(0))
                        .entries()
                        .get(0)
                        .body())
                .isEqualTo(new Body.Text("k"));
    }
}
