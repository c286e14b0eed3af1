package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is sent to the members who are in a room now, and is not stored. */
interface SignalConformance extends Place {
    @Test
    default void aSignalReachesTheOtherMembersAndIsNotStored() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        JsonObject at = Json.createObjectBuilder().add("x", 7).add("y", 0.5).build();
        ann.sends("signal", Map.of("room", room, "kind", "cursor", "data", at));
        JsonObject signal = bob.awaits("signal");
        assertThat(signal.getString("from")).isEqualTo(ann.name());
        assertThat(signal.getString("kind")).isEqualTo("cursor");
        assertThat(signal.get("data")).isEqualTo(at);
        ann.sends("signal", Map.of("room", room, "text", "a text"));
        assertThat(bob.awaits("signal").getString("text")).isEqualTo("a text");

        ann.says(room, "the only entry");
        ann.hears("the only entry");
        ann.awaitsBeat();
        assertThat(ann.hasHeard()).noneMatch(message -> Messages.is(message, "signal"));
        assertThat(Messages.seqs(ann.readsLog(room))).containsExactly(1L);
    }

    @Test
    default void aSignalThatIsWrongIsRefused() {
        String room = room();
        Person ann = person("ann", room);
        for (Map<String, ?> fields : List.of(
                Map.of("room", room),
                Map.of("text", "x"),
                Map.of("room", room, "text", ""),
                Map.of("room", room, "kind", "k"),
                Map.of("room", room, "data", 1, "text", "x"))) {
            assertThat(ann.isRefused("signal", fields)).isEqualTo("badRequest");
        }
        assertThat(ann.isRefused("signal", Map.of("room", room, "text", "x".repeat(8193))))
                .isEqualTo("tooLarge");
        assertThat(ann.isRefused("signal", Map.of("room", room(), "text", "x"))).isEqualTo("notMember");
        Person bob = person("bob", room);
        ann.sends("signal", Map.of("room", room, "text", "x".repeat(8192)));
        assertThat(bob.awaits("signal").getString("text")).hasSize(8192);
    }
}
