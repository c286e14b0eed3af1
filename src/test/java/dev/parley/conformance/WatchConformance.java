package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a client is told of its own wire, and how it tries the end of it. */
interface WatchConformance extends Place {
    Pattern NAME = Pattern.compile("^[\\w-]+:");

    @Test
    default void theHandshakeIsToldAsItWas() {
        RawClient line = client("Sec-WebSocket-Protocol: parley.v1");
        JsonObject watching = Person.on(line).asks("watch", Map.of("on", true));
        assertThat(lines(watching, "request"))
                .contains(
                        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
                        "sec-websocket-version: 13",
                        "host: " + chat().getAuthority());
        assertThat(lines(watching, "request").get(0)).isEqualTo("GET " + chat().getPath() + " HTTP/1.1");
        assertThat(lines(watching, "response"))
                .contains(
                        "sec-websocket-accept: "
                                + line.header("Sec-WebSocket-Accept").orElseThrow(),
                        "sec-websocket-protocol: "
                                + line.header("Sec-WebSocket-Protocol").orElseThrow());
        assertThat(lines(watching, "response").get(0)).isEqualTo("HTTP/1.1 101 Switching Protocols");
    }

    @Test
    default void neitherCredentialsNorWhatProxiesAddIsTold() {
        RawClient line = client("Cookie: JSESSIONID=secret1", "Authorization: Basic c2VjcmV0Mg==", "X-User: secret3");
        JsonObject watching = Person.on(line).asks("watch", Map.of("on", true));
        assertThat(lines(watching, "request"))
                .contains("cookie: …", "authorization: …")
                .noneMatch(header ->
                        header.contains("secret") || header.startsWith("x-user") || header.contains("c2VjcmV0Mg"));
    }

    @Test
    default void pingsAndPongsAreToldToWhoWatches() {
        Person ann = person("ann");
        ann.asks("watch", Map.of("on", true));
        JsonObject ping = ann.awaits("ping", message -> isWire(message, "ping"));
        assertThat(ping.getString("at")).matches("\\d{4}-.*Z");
        JsonObject pong = ann.awaits("pong", message -> isWire(message, "pong"));
        assertThat(pong.getJsonNumber("micros").longValue()).isPositive();
        // Not only the one that watching begins with.
        ann.awaits("pong", message -> isWire(message, "pong"));
    }

    @Test
    default void whoWatchesNoMoreIsToldNothing() {
        Person ann = person("ann");
        ann.asks("watch", Map.of("on", true));
        ann.awaits("pong", message -> isWire(message, "pong"));
        assertThat(ann.asks("watch", Map.of("on", false)).getJsonArray("request"))
                .isEmpty();
        ann.hasHeard();
        ann.awaitsBeat();
        ann.awaitsBeat();
        assertThat(ann.hasHeard()).noneMatch(message -> Messages.is(message, "wire"));
    }

    @Test
    default void aClientThatAsksForACloseIsClosed() {
        Person ann = person("ann");
        ann.sends("end", Map.of("how", "close"));
        assertThat(ann.isClosed()).isEqualTo(1000);
    }

    @Test
    default void aClientThatAsksForACutIsCut() {
        Person ann = person("ann");
        ann.sends("end", Map.of("how", "cut"));
        assertThat(ann.isClosed()).isEqualTo(1006);
    }

    @Test
    default void thereAreTwoWaysToEnd() {
        assertThat(person("ann").isRefused("end", Map.of("how", "bang"))).isEqualTo("badRequest");
        assertThat(person("bob").isRefused("end", Map.of())).isEqualTo("badRequest");
        assertThat(person("cid").isRefused("watch", Map.of("on", "yes"))).isEqualTo("badRequest");
    }

    private static boolean isWire(JsonObject message, String frame) {
        return Messages.is(message, "wire") && message.getString("frame").equals(frame);
    }

    /** With the names of the headers in small letters: some containers keep them in another case. */
    private static List<String> lines(JsonObject watching, String head) {
        return watching.getJsonArray(head).getValuesAs(JsonString.class).stream()
                .map(line -> NAME.matcher(line.getString())
                        .replaceFirst(name -> name.group().toLowerCase(Locale.ROOT)))
                .toList();
    }
}
