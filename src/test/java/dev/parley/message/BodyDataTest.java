package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyDataTest {
    private static final String VALID = """
            {"a":[1,-0.5e+10,0,1E-7],"é":"\\u00e9\\n\\"\\\\😀\\ud83d\\ude00","n":null,"t":[true,false,{},[],""," "]}""";

    private static ParleyException refusal(String json) {
        try {
            new Body.Data("k", json);
            return null;
        } catch (ParleyException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST);
            return e;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "false",
                "0",
                "-0",
                "-1.50",
                "1e5",
                "1E+05",
                "\"\"",
                " [ 1 , 2 ]\n",
                "{\"a\":1,\"a\":2}"
            })
    void anyValueOfJsonIsPassedOnAsItWasWritten(String json) {
        assertThat(new Body.Data("k", json).json()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "01",
                "+1",
                "1.",
                ".5",
                "-",
                "1e",
                "1e+",
                "NaN",
                "Infinity",
                "tru",
                "truex",
                "nul",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u00g0\"",
                "\"\n\"",
                "1 2",
                "[] []",
                "{}{}",
                "// x",
                "undefined",
                "\u00a0[]",
                "[1\u00002]",
                "\ufeff{}"
            })
    void whatIsNotJsonIsRefused(String json) {
        assertThat(refusal(json)).hasMessage("data must be JSON");
    }

    @Test
    void whatReadersCanNotBearIsRefused() {
        assertThat(refusal("[".repeat(24) + "]".repeat(24))).isNull();
        assertThat(refusal("[".repeat(25) + "]".repeat(25))).hasMessageContaining("24 levels");
        assertThat(refusal("[".repeat(1_000_000))).hasMessageContaining("24 levels");
        assertThat(refusal("9".repeat(100))).isNull();
        assertThat(refusal("9".repeat(101))).hasMessageContaining("100 characters");
        assertThat(refusal("1e-9999")).isNull();
        assertThat(refusal("[1e10000]")).hasMessageContaining("exponent");
        for (String half :
                new String[] {"\\ud800", "\\udc00", "\\udc00\\ud800", "\\uD83Dz", "\ud800", "\udc00", "\\ud83d\\n"}) {
            assertThat(refusal("\"" + half + "\"")).hasMessageContaining("surrogate");
            assertThat(refusal("{\"" + half + "\":1}")).hasMessageContaining("surrogate");
        }
        assertThat(refusal("\"\\u0000\"")).hasMessageContaining("U+0000");
    }

    @Test
    void aKindHasOneTo64Characters() {
        assertThat(new Body.Data("😀".repeat(64), "1").kind()).hasSize(128);
        for (String kind : new String[] {"", "x".repeat(65), "\ud800", "\u0000"}) {
            assertThatThrownBy(() -> new Body.Data(kind, "1"))
                    .isInstanceOf(ParleyException.class)
                    .hasMessageStartingWith("kind must");
        }
    }

    @Test
    void theSizeIsThatOfTheJsonInUtf8() {
        assertThat(new Body.Data("k", "\"é你😀\"").bytes()).isEqualTo(11);
    }

    /** A parser of others decides about texts that are nearly JSON. */
    @Test
    void aTextIsJsonIfAParserReadsIt() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "{}[]\",:\\u0123456789abcdefE+-.ntrl \n\u0000\ud800é";
        int valid = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder json = new StringBuilder(VALID);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(json.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(4)) {
                    case 0 -> json.deleteCharAt(at);
                    case 1 -> json.insert(at, c);
                    case 2 -> json.insert(at, json.substring(at, Math.min(json.length(), at + random.nextInt(9))));
                    default -> json.setCharAt(at, c);
                }
            }
            ParleyException refusal = refusal(json.toString());
            if (refusal == null || refusal.getMessage().equals("data must be JSON")) {
                assertThat(refusal == null).as("seed %d: %s", seed, json).isEqualTo(isRead(json.toString()));
            }
            valid += refusal == null ? 1 : 0;
        }
        assertThat(valid).isPositive();
    }

    private static boolean isRead(String json) {
        try (JsonParser parser = Json.createParser(new StringReader(json))) {
            while (parser.hasNext()) {
                parser.next();
            }
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private record Shipped(long id) {}

    private sealed interface Event permits Event.Made, Event.Ended {
        record Made(String name) implements Event {}

        sealed interface Ended extends Event permits Done, Failed {}

        record Done() implements Ended {}

        record Failed(String why) implements Ended {}
    }

    /** No JSON-B is on the path of these tests. */
    @Test
    void withoutJsonBAnObjectIsRefusedWithWhatToAdd() {
        assertThatThrownBy(() -> Body.of(new Shipped(7)))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("org.eclipse:yasson");
        assertThat(Body.of("text")).isEqualTo(new Body.Text("text"));
        Body data = new Body.Data("k", "{}");
        assertThat(Body.of(data)).isSameAs(data);
    }

    @Test
    void theTypeOfAKindIsFoundAmongThoseThatASealedOnePermits() {
        assertThat(JsonBinding.typeOf(Shipped.class, "Shipped")).contains(Shipped.class);
        assertThat(JsonBinding.typeOf(Shipped.class, "shipped")).isEmpty();
        assertThat(JsonBinding.typeOf(Event.class, "Made")).contains(Event.Made.class);
        assertThat(JsonBinding.typeOf(Event.class, "Failed")).contains(Event.Failed.class);
        assertThat(JsonBinding.typeOf(Event.class, "Shipped")).isEmpty();
        assertThat(JsonBinding.typeOf(Event.class, "Event")).isEmpty();
        assertThat(JsonBinding.kindOf(new Event.Done().getClass())).isEqualTo("Done");
        assertThatThrownBy(() -> JsonBinding.kindOf(new Object() {}.getClass())).hasMessageContaining("name the kind");
    }
}
