package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each field of each message that a client can send: missing, null, of another type, too long, or of another's room. */
interface FieldsConformance extends Place {
    /** What a field takes. */
    enum Kind {
        NAME("7", "true", "[]", "{}", "\"\"", "\"no spaces\"", "\"" + "x".repeat(65) + "\"", "\"\\ud800\""),
        TEXT("7", "true", "[\"x\"]", "{}", "\"\"", "\"\\u0000\"", "\"\\udc00\""),
        ID("7", "false", "[]", "{}", "\"\"", "\"" + "x".repeat(65) + "\"", "\"\\ud800\""),
        MEDIA("7", "false", "[]", "{}", "\"\"", "\"" + "x".repeat(128) + "\""),
        FILE("7", "false", "[]", "{}", "\"" + "x".repeat(256) + "\""),
        EPOCH("7", "true", "[]", "{}"),
        SECRET("7", "true", "[]", "{}", "\"" + "x".repeat(257) + "\""),
        TOKEN("7", "true", "[]", "{}", "\"" + "x".repeat(8193) + "\""),
        SEQ("\"1\"", "true", "[]", "{}", "1.5", "1e3", "-1", "1" + "0".repeat(18), "1e999", "9".repeat(10_000)),
        LIMIT("\"1\"", "true", "[]", "{}", "1.5", "-1", "201", "4294967297", "1e999");

        final List<String> wrong;

        Kind(String... wrong) {
            this.wrong = List.of(wrong);
        }
    }

    /** A field with a value that is right. */
    record Field(String name, String value, Kind kind, boolean required) {}

    @Test
    default void aFieldOfAJoinThatIsWrongIsRefused() {
        assertFieldsAreChecked(
                "join",
                new Field("room", quoted(room()), Kind.NAME, true),
                new Field("since", "0", Kind.SEQ, false),
                new Field("epoch", "\"e\"", Kind.EPOCH, false),
                new Field("limit", "10", Kind.LIMIT, false));
    }

    @Test
    default void aFieldOfALeaveThatIsWrongIsRefused() {
        assertFieldsAreChecked("leave", new Field("room", quoted(room()), Kind.NAME, true));
    }

    @Test
    default void aFieldOfASayThatIsWrongIsRefused() {
        assertFieldsAreChecked(
                "say",
                new Field("text", "\"hi\"", Kind.TEXT, true),
                new Field("id", "\"m-1\"", Kind.ID, false),
                new Field("room", quoted(room()), Kind.NAME, false));
    }

    @Test
    default void aFieldOfAHistoryThatIsWrongIsRefused() {
        String room = quoted(room());
        for (String cursor : List.of("before", "after")) {
            assertFieldsAreChecked(
                    "history",
                    new Field("room", room, Kind.NAME, true),
                    new Field(cursor, "1", Kind.SEQ, false),
                    new Field("limit", "10", Kind.LIMIT, false));
        }
    }

    @Test
    default void aFieldOfAReadOrATypingThatIsWrongIsRefused() {
        Field room = new Field("room", quoted(room()), Kind.NAME, true);
        assertFieldsAreChecked("typing", room);
        assertFieldsAreChecked("read", room, new Field("seq", "1", Kind.SEQ, true));
    }

    @Test
    default void aFieldOfAHelloThatIsWrongIsRefusedAndTheNextHelloIsTaken() {
        Person ann = stranger();
        assertFieldsAreChecked(
                ann,
                "hello",
                new Field("name", quoted(unique("ann")), Kind.NAME, false),
                new Field("session", "\"s\"", Kind.SECRET, false),
                new Field("tab", "\"t\"", Kind.ID, false),
                new Field("token", "null", Kind.TOKEN, false));
        assertThat(ann.isRefused("hello", Map.of("token", "secret"))).isEqualTo("unauthorized");
        assertThat(ann.asks("hello", Map.of("name", "ann")).getString("type")).isEqualTo("welcome");
        assertThat(ann.isRefused("hello", Map.of("name", "eve"))).isEqualTo("badRequest");
    }

    @Test
    default void aFieldOfABinaryFrameThatIsWrongIsRefused() {
        Person ann = person("ann", room());
        List<Field> fields = List.of(
                new Field("media", "\"x/y\"", Kind.MEDIA, true),
                new Field("name", "\"n\"", Kind.FILE, false),
                new Field("id", "\"m-1\"", Kind.ID, false),
                new Field("room", quoted(room()), Kind.NAME, false));
        for (Field field : fields) {
            for (String wrong : wrongFor(field)) {
                byte[] header = json(fields, field.name, wrong).getBytes(StandardCharsets.UTF_8);
                ann.line().send(new Frame(true, Frame.BINARY, Messages.binary(header, new byte[1])));
                assertIsBadRequest(ann, field.name + " " + wrong);
                ann.awaitsBeat();
            }
        }
        assertThat(Messages.seq(ann.says("nothing of that was stored"))).isEqualTo(1);
    }

    @Test
    default void theTypeAndTheMarkOfAMessageMustBeWhatTheyAre() {
        Person ann = person("ann", room());
        for (String wrong : List.of(
                "'type':7",
                "'type':null",
                "'type':['beat']",
                "'type':{}",
                "'type':'beat','ref':{}",
                "'type':'beat','ref':[]",
                "'type':'beat','ref':true",
                "'type':'beat','ref':'" + "x".repeat(65) + "'",
                "'type':'beat','ref':" + "7".repeat(65),
                "'type':'beat','ref':'\\ud800'",
                "'type':'beat','type':'beat'",
                "'type':'say','text':'a','text':'b'",
                "'type':'say','text':'a','room':'x','room':'x'")) {
            ann.line().send("{" + wrong.replace('\'', '"') + "}");
            assertIsBadRequest(ann, wrong);
            ann.awaitsBeat();
        }
        for (String type : List.of("BEAT", "Beat", " beat", "", "welcome", "said", "entry", "x".repeat(60_000))) {
            assertThat(ann.isRefused(type, Map.of())).isEqualTo("unknownType");
        }
        assertThat(Messages.seq(ann.says("nothing of that was stored"))).isEqualTo(1);
    }

    @Test
    default void aVeryLongNameOfAFieldIsPassedOver() {
        Person ann = person("ann", room());
        String name = "k".repeat(50_000);
        assertThat(ann.asks("say", Map.of("text", "hi", name, name.substring(50_000 - 10_000)))
                        .getString("type"))
                .isEqualTo("said");
    }

    @Test
    default void inARoomWhereOneIsNotOneCanDoNothing() {
        String room = room();
        Person bob = person("bob", room);
        Person ann = person("ann", room());
        bob.says("private");
        for (Map<String, Object> fields : List.<Map<String, Object>>of(
                Map.of("type", "say", "text", "x"),
                Map.of("type", "leave"),
                Map.of("type", "typing"),
                Map.of("type", "read", "seq", 1))) {
            ann.sends((String) fields.get("type"), Messages.with(fields, "room", room));
            assertThat(ann.awaits("error").getString("code")).as("%s", fields).isEqualTo("notMember");
        }
        byte[] header = "{\"room\":\"%s\",\"media\":\"x/y\"}".formatted(room).getBytes(StandardCharsets.UTF_8);
        ann.line().send(new Frame(true, Frame.BINARY, Messages.binary(header, new byte[1])));
        assertThat(ann.awaits("error").getString("code")).isEqualTo("notMember");
        assertThat(Messages.seq(bob.says("undisturbed"))).isEqualTo(2);
        assertThat(bob.hasHeard()).noneMatch(message -> Messages.is(message, "typing") || Messages.is(message, "read"));
    }

    private void assertFieldsAreChecked(String type, Field... fields) {
        Person ann = person("ann", room());
        assertFieldsAreChecked(ann, type, fields);
        assertThat(Messages.seq(ann.says("nothing of that was stored"))).isEqualTo(1);
    }

    private static void assertFieldsAreChecked(Person ann, String type, Field... fields) {
        List<Field> all = new ArrayList<>(List.of(fields));
        all.add(new Field("type", quoted(type), Kind.NAME, true));
        for (Field field : fields) {
            for (String wrong : wrongFor(field)) {
                ann.line().send(json(all, field.name, wrong));
                assertIsBadRequest(ann, type + " " + field.name + " " + wrong);
            }
        }
    }

    /** An absent value is an empty text here. */
    private static List<String> wrongFor(Field field) {
        List<String> wrong = new ArrayList<>(field.kind.wrong);
        if (field.required) {
            wrong.add("");
            wrong.add("null");
        }
        return wrong;
    }

    private static String json(List<Field> fields, String name, String wrong) {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.name, field.name.equals(name) ? wrong : field.value));
        values.values().removeIf(String::isEmpty);
        return values.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void assertIsBadRequest(Person ann, String what) {
        JsonObject error = ann.awaits("error");
        String shown = what.length() > 100 ? what.substring(0, 100) : what;
        assertThat(error.getString("code")).as(shown).isEqualTo("badRequest");
        assertThat(error.getString("message")).as(shown).isNotBlank().doesNotContain("Exception");
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
