package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values of applications, said in place of a text. */
interface DataConformance extends Place {
    @Test
    default void dataReachesTheOthersAndStaysInTheLogWithItsNumbersAsTheyWereWritten() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        JsonObject order = Json.createObjectBuilder()
                .add("id", new BigDecimal("12345678901234567890.10"))
                .add("to", "Grüße 😀")
                .add("parts", Json.createArrayBuilder().addNull().add(true).add(JsonValue.EMPTY_JSON_OBJECT))
                .build();
        ann.asks("say", Map.of("room", room, "id", "o-1", "kind", "Order", "data", order));
        ann.says("after");

        for (Person person : new Person[] {ann, bob}) {
            assertIsTheOrder(person.hears(2, room).get(0), order);
        }
        assertIsTheOrder(Messages.entries(bob.asksForHistory(room, Map.of())).get(0), order);
        assertIsTheOrder(Messages.entries(person("cid").joins(room)).get(0), order);
    }

    @Test
    default void everyValueOfJsonIsData() {
        String room = room();
        Person ann = person("ann", room);
        List<JsonValue> values = List.of(
                JsonValue.NULL,
                JsonValue.TRUE,
                JsonValue.FALSE,
                Json.createValue(0),
                Json.createValue("YWJj"),
                JsonValue.EMPTY_JSON_ARRAY,
                JsonValue.EMPTY_JSON_OBJECT);
        values.forEach(value -> ann.asks("say", Map.of("room", room, "kind", "any", "data", value)));
        assertThat(ann.hears(values.size(), room))
                .extracting(entry -> entry.get("data"))
                .isEqualTo(values);
        assertThat(ann.readsLog(room)).extracting(entry -> entry.get("data")).isEqualTo(values);
    }

    @Test
    default void dataThatIsWrongIsRefusedAndTheConnectionGoesOn() {
        String room = room();
        Person ann = person("ann", room);
        for (String fields : List.of(
                "\"data\":1,\"text\":\"hi\"",
                "\"kind\":\"k\"",
                "\"kind\":\"" + "x".repeat(65) + "\",\"data\":1",
                "\"data\":[\"\\ud800\"]",
                "\"data\":\"\\u0000\"",
                "\"data\":" + "[".repeat(25) + "]".repeat(25),
                "\"data\":" + "9".repeat(10_000))) {
            byte[] say =
                    ("{\"type\":\"say\",\"room\":\"" + room + "\"," + fields + "}").getBytes(StandardCharsets.UTF_8);
            ann.line().send(new Frame(true, Frame.TEXT, say));
            assertThat(ann.awaits("error").getString("code")).as(fields).isEqualTo("badRequest");
        }
        assertThat(Messages.seq(ann.says("nothing of that was stored"))).isEqualTo(1);
    }

    private static void assertIsTheOrder(JsonObject entry, JsonObject order) {
        assertThat(entry.getString("kind")).isEqualTo("Order");
        assertThat(entry.get("data")).hasToString(order.toString());
        // What a client shows that knows no data.
        assertThat(entry.getString("text")).isEqualTo("Order");
        assertThat(entry.getString("id")).isEqualTo("o-1");
    }
}
