package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Ref;
import dev.parley.message.ServerMessage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The protocol's tables, character by character. */
class ProtocolExamplesTest {
    private static final String ENTRY = """
            {"type":"entry","room":"lobby","seq":1,"id":"c1","from":"ann",\
            "at":"2026-11-23T01:02:03.004Z","text":"Hello, \\"Server\\"!\\n\\u0001\\t\\\\ é 你 😀"}""";
    private static final String ATTACHMENT = """
            {"type":"entry","room":"lobby","seq":2,"from":"bob",\
            "at":"2026-11-23T01:02:03.004Z","media":"image/png","name":"cat.png","data":"AAH/f4A="}""";

    @Test
    void theServersMessagesHaveTheFieldsAndTheOrderOfTheTable() {
        assertThat(Samples.serverMessages().map(MessageJson::write))
                .containsExactly(
                        ENTRY,
                        ATTACHMENT,
                        """
                        {"type":"entry","room":"lobby","seq":3,"from":"ann","at":"1999-12-31T23:59:59.000Z",\
                        "media":"image/png","data":""}""",
                        """
                        {"type":"entry","room":"lobby","seq":4,"from":"ann",\
                        "caller":{"kind":"user","id":"ann\\"@example.com"},\
                        "at":"2026-11-23T01:02:03.004Z","text":"hi"}""",
                        """
                        {"type":"entry","room":"lobby","seq":5,"id":"c2","from":"bob",\
                        "caller":{"kind":"application","id":"herald"},\
                        "at":"2026-11-23T01:02:03.004Z","media":"image/png","data":""}""",
                        """
                        {"type":"entry","room":"lobby","seq":6,"id":"c3","from":"bob",\
                        "caller":{"kind":"application","id":"herald"},\
                        "at":"2026-11-23T01:02:03.004Z","kind":"Order\\"",\
                        "data":{"id":7,"price":19.90,"é":[null,true,{}]},"text":"Order\\""}""",
                        """
                        {"type":"welcome","ref":7,"session":"s","user":"ann",\
                        "caller":{"kind":"user","id":"ann\\"@example.com"},"heartbeat":20000,\
                        "limits":{"text":65536,"binary":1048576,"queue":1048577,"rate":50},\
                        "expires":3600000}""",
                        """
                        {"type":"welcome","session":"s","user":"ann","heartbeat":1,\
                        "limits":{"text":65536,"binary":1048576,"queue":1048577,"rate":50}}""",
                        """
                        {"type":"joined","ref":7,"room":"lobby","epoch":"e1","seq":0,"members":[],"entries":[],\
                        "recovered":false}""",
                        joined(),
                        """
                        {"type":"joined","ref":7,"room":"lobby","epoch":"e1","seq":0,"members":["ann","bob"],\
                        "callers":{"ann":{"kind":"user","id":"ann\\"@example.com"}},"entries":[],\
                        "recovered":false,"may":[]}""",
                        "{\"type\":\"joined\",\"ref\":7,\"room\":\"lobby\",\"epoch\":\"e1\",\"seq\":0,\"members\":[],\"entries\":[],"
                                + "\"recovered\":false,\"may\":[\"attach\"],\"oldest\":7}",
                        "{\"type\":\"left\",\"ref\":7,\"room\":\"lobby\"}",
                        "{\"type\":\"left\",\"room\":\"lobby\",\"reason\":\"you may not be here\"}",
                        "{\"type\":\"granted\",\"room\":\"lobby\",\"may\":[\"say\"]}",
                        """
                        {"type":"granted","room":"lobby","may":["signal","moderate"],"slow":30}""",
                        """
                        {"type":"moderated","ref":7,"room":"lobby","action":"unban"}""",
                        "{\"type\":\"moderated\",\"room\":\"lobby\",\"action\":\"create\"}",
                        """
                        {"type":"invited","room":"@ann\\"@example.com","from":"ann",\
                        "caller":{"kind":"user","id":"ann\\"@example.com"},"seq":3}""",
                        """
                        {"type":"inbox","from":"bob","caller":{"kind":"application","id":"herald"},"seq":3}""",
                        "{\"type\":\"erased\",\"room\":\"lobby\",\"seq\":4}",
                        "{\"type\":\"erased\",\"room\":\"lobby\",\"seq\":4,\"from\":\"-\",\"older\":true}",
                        """
                        {"type":"entry","room":"lobby","seq":4,"id":"c4","from":"ann","at":"2026-11-23T01:02:03.004Z",\
                        "text":"erased","erased":true}""",
                        """
                        {"type":"entry","room":"lobby","seq":5,"id":"c2","from":"bob",\
                        "caller":{"kind":"application","id":"herald"},\
                        "at":"2026-11-23T01:02:03.004Z","media":"image/png","name":"cat.png","size":70000}""",
                        """
                        {"type":"entry","room":"lobby","seq":6,"from":"bob",\
                        "at":"2026-11-23T01:02:03.004Z","media":"image/png","size":0}""",
                        """
                        {"type":"entry","room":"lobby","seq":7,"from":"bob",\
                        "at":"2026-11-23T01:02:03.004Z","media":"image/png","name":"cat.png","size":9,"expired":true}""",
                        """
                        {"type":"fetched","ref":7,"room":"lobby","seq":5,"size":70000,"offset":65536,"data":"AAH/f4A="}""",
                        """
                        {"type":"fetched","room":"lobby","seq":5,"size":0,"offset":0,"data":""}""",
                        """
                        {"type":"said","ref":7,"room":"lobby","seq":1,"id":"c1","at":"2026-11-23T01:02:03.004Z"}""",
                        "{\"type\":\"said\",\"room\":\"lobby\",\"seq\":1,\"at\":\"2026-11-23T01:02:03.004Z\"}",
                        "{\"type\":\"history\",\"ref\":7,\"room\":\"lobby\",\"entries\":[" + ENTRY + "," + ATTACHMENT
                                + "],\"more\":true}",
                        "{\"type\":\"history\",\"room\":\"lobby\",\"entries\":[],\"more\":false}",
                        "{\"type\":\"history\",\"room\":\"lobby\",\"entries\":[],\"more\":false,\"oldest\":7}",
                        "{\"type\":\"error\",\"ref\":7,\"code\":\"notMember\",\"message\":\"join first\"}",
                        "{\"type\":\"error\",\"code\":\"tooFast\",\"message\":\"\"}",
                        "{\"type\":\"presence\",\"room\":\"lobby\",\"user\":\"ann\",\"online\":true}",
                        "{\"type\":\"presence\",\"room\":\"lobby\",\"user\":\"ann\",\"online\":false}",
                        """
                        {"type":"presence","room":"lobby","user":"ann",\
                        "caller":{"kind":"user","id":"ann\\"@example.com"},"online":true}""",
                        """
                        {"type":"presence","room":"lobby","user":"bob",\
                        "caller":{"kind":"application","id":"herald"},"online":false}""",
                        "{\"type\":\"typing\",\"room\":\"lobby\",\"user\":\"ann\"}",
                        "{\"type\":\"signal\",\"room\":\"lobby\",\"from\":\"ann\",\"text\":\"hi\"}",
                        """
                        {"type":"signal","room":"lobby","from":"bob","caller":{"kind":"application","id":"herald"},\
                        "kind":"Order\\"","data":{"id":7,"price":19.90,"é":[null,true,{}]}}""",
                        "{\"type\":\"read\",\"room\":\"lobby\",\"user\":\"ann\",\"seq\":5}",
                        "{\"type\":\"beat\"}",
                        """
                        {"type":"watching","ref":7,"on":true,"request":["GET /chat HTTP/1.1","Host: a"],\
                        "response":["HTTP/1.1 101"]}""",
                        "{\"type\":\"watching\",\"on\":false,\"request\":[],\"response\":[]}",
                        "{\"type\":\"wire\",\"frame\":\"ping\",\"at\":\"2026-11-23T01:02:03.004Z\"}",
                        "{\"type\":\"wire\",\"frame\":\"pong\",\"at\":\"2026-11-23T01:02:03.004Z\",\"micros\":830}",
                        "{\"type\":\"bye\",\"code\":1001,\"reason\":\"restart\",\"retryAfter\":1500}",
                        """
                        {"type":"bye","code":4401,"reason":"no guests","signIn":{"token":true,"page":"signed-in"}}""",
                        "{\"type\":\"bye\",\"code\":4401,\"reason\":\"no guests\",\"signIn\":{\"token\":true}}",
                        "{\"type\":\"bye\",\"code\":1000,\"reason\":\"\"}");
    }

    /** A map has no order, so the text has one of two. */
    private static String joined() {
        String start = "{\"type\":\"joined\",\"room\":\"lobby\",\"epoch\":\"e1\",\"seq\":2,"
                + "\"members\":[\"ann\",\"bob\"],\"entries\":[" + ENTRY + "," + ATTACHMENT
                + "],\"recovered\":true,\"reads\":";
        String either = start + "{\"ann\":2,\"bob\":1}}";
        String or = start + "{\"bob\":1,\"ann\":2}}";
        return Samples.serverMessages().map(MessageJson::write).anyMatch(either::equals) ? either : or;
    }

    @Test
    void theClientsMessagesHaveTheFieldsAndTheOrderOfTheTable() {
        assertThat(Samples.clientMessages().map(MessageJson::write))
                .containsExactly(
                        "{\"type\":\"hello\"}",
                        """
                        {"type":"hello","ref":"r\\"1","name":"ann","token":"secret","session":"session"}""",
                        """
                        {"type":"hello","ref":"r\\"1","name":"ann","session":"session","tab":"tab-1","nonce":"0123456789-_abcdefABCDEF"}""",
                        "{\"type\":\"join\",\"ref\":7,\"room\":\"lobby\",\"limit\":50}",
                        """
                        {"type":"join","ref":-1.50e3,"room":"lobby","since":0,"epoch":"e","limit":0}""",
                        "{\"type\":\"leave\",\"ref\":7,\"room\":\"lobby\"}",
                        "{\"type\":\"say\",\"text\":\"hi\"}",
                        """
                        {"type":"say","ref":"r\\"1","room":"lobby","id":"id-1",\
                        "text":"Hello, \\"Server\\"!\\n\\u0001\\t\\\\ é 你 😀"}""",
                        """
                        {"type":"say","ref":7,"room":"lobby","id":"id-2","kind":"Order\\"",\
                        "data":{"id":7,"price":19.90,"é":[null,true,{}]}}""",
                        "{\"type\":\"history\",\"ref\":7,\"room\":\"lobby\",\"limit\":50}",
                        "{\"type\":\"history\",\"ref\":7,\"room\":\"lobby\",\"before\":9,\"limit\":200}",
                        """
                        {"type":"history","ref":7,"room":"lobby","after":999999999999999999,"limit":1}""",
                        """
                        {"type":"hello","ref":"r\\"1","name":"ann","attachments":"apart"}""",
                        "{\"type\":\"fetch\",\"ref\":7,\"room\":\"lobby\",\"seq\":4,\"offset\":0}",
                        """
                        {"type":"fetch","ref":7,"room":"lobby","seq":4,"offset":100,"length":50}""",
                        "{\"type\":\"typing\",\"room\":\"lobby\"}",
                        "{\"type\":\"signal\",\"ref\":7,\"room\":\"lobby\",\"text\":\"hi\"}",
                        """
                        {"type":"signal","room":"lobby","kind":"Order\\"",\
                        "data":{"id":7,"price":19.90,"é":[null,true,{}]}}""",
                        "{\"type\":\"read\",\"room\":\"lobby\",\"seq\":12}",
                        """
                        {"type":"moderate","ref":7,"room":"lobby","action":"ban","user":"ann","seconds":60,\
                        "address":true,"reason":"\\"spam\\""}""",
                        """
                        {"type":"moderate","room":"lobby","action":"remove","callerId":"ann@example.com"}""",
                        """
                        {"type":"moderate","ref":7,"room":"lobby","action":"erase","seq":4}""",
                        """
                        {"type":"moderate","ref":7,"room":"lobby","action":"appoint","callerId":"ann@example.com",\
                        "role":"owner"}""",
                        "{\"type\":\"create\",\"ref\":7,\"room\":\"lobby\",\"closed\":true}",
                        "{\"type\":\"create\",\"room\":\"lobby\"}",
                        "{\"type\":\"beat\"}",
                        "{\"type\":\"watch\",\"ref\":7,\"on\":true}",
                        "{\"type\":\"watch\",\"on\":false}",
                        "{\"type\":\"end\",\"ref\":7,\"how\":\"close\"}",
                        "{\"type\":\"end\",\"how\":\"cut\"}");
    }

    @Test
    void whatAClientLeavesOutGetsTheProtocolsDefault() {
        assertThat(MessageJson.readClient("[{\"type\":\"join\",\"room\":\"lobby\"},"
                        + "{\"type\":\"history\",\"ref\":\"a\",\"room\":\"lobby\",\"limit\":null}]"))
                .containsExactly(
                        new ClientMessage.Join(null, Samples.LOBBY, null, null, 50),
                        new ClientMessage.History(Ref.of("a"), Samples.LOBBY, null, null, 50));
    }

    @Test
    void thePlainLinesOfTheMissionAreLines() {
        for (String line : List.of("Hello, Server!", "How are you?", "\"quoted\"", "42", " said {he}", "\ufeffoh")) {
            assertThat(MessageJson.readClient(line)).containsExactly(new ClientMessage.Line(new Body.Text(line)));
        }
    }

    @Test
    void aTimeHasMillisecondsWhateverItHadBefore() {
        for (String[] time : new String[][] {
            {"2026-11-23T01:02:03Z", "2026-11-23T01:02:03.000Z"},
            {"2026-11-23T01:02:03.100Z", "2026-11-23T01:02:03.100Z"},
            {"2026-11-23T01:02:03.004999999Z", "2026-11-23T01:02:03.004Z"},
            {"1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999Z"},
        }) {
            ServerMessage said = new ServerMessage.Said(null, Samples.LOBBY, 1, null, Instant.parse(time[0]));
            assertThat(MessageJson.write(said)).endsWith("\"at\":\"" + time[1] + "\"}");
        }
    }

    @Test
    void aNumberAsRefIsEchoedAsItWasWritten() {
        for (String literal : List.of("0", "-0", "1.0", "1e999999999", "9".repeat(64), "1E+2")) {
            ClientMessage leave = MessageJson.readClient(
                            "{\"type\":\"leave\",\"room\":\"lobby\",\"ref\":" + literal + "}")
                    .get(0);
            assertThat(MessageJson.write(new ServerMessage.Left(leave.ref(), Samples.LOBBY)))
                    .contains("\"ref\":" + literal + ",");
        }
    }

    @Test
    void anEntryOfAnUnknownFutureStillIsAnEntry() {
        String frame = "[{\"type\":\"reaction\",\"x\":[{}]},"
                + ENTRY.replace("\"seq\"", "\"mood\":{\"a\":[1,null]},\"seq\"") + "]";

        List<ServerMessage> read = MessageJson.readServer(frame);

        assertThat(read).containsExactly(Samples.TEXT);
    }
}
