package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Others see who the application is, and that a guest is one. */
interface CallerConformance extends Place {
    /** The id of a guest is as good as a secret, and the kind of a caller without a mark is clear. */
    @Test
    default void aGuestHasNoCallerInAnyMessage() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = attended(Person.at(chat()));
        JsonObject joined = bob.joins(room);
        bob.says(room, "hello");
        bob.saysBytes(new byte[] {1, 2}, Map.of("room", room, "media", "a/b"));

        ann.seesOnline(bob.name(), true);
        List<JsonObject> heard = ann.hears(2, room);
        assertThat(bob.welcome()).doesNotContainKey("caller");
        assertThat(joined).doesNotContainKey("callers");
        assertThat(heard).noneMatch(entry -> entry.containsKey("caller"));
        assertThat(Messages.entries(ann.asksForHistory(room, Map.of())))
                .noneMatch(entry -> entry.containsKey("caller"));
    }

    @Test
    default void theApplicationIsSeenAsItselfWhenItAnswersAndInTheLog() {
        String room = room();
        Person ann = person("ann", room);
        Person greeter = attended(Person.at(chat(), Map.of("name", "greeter")));
        greeter.joins(room);
        greeter.says(room, "I am the greeter");
        ann.says(room, "Hello, Server!");

        JsonObject answer = ann.hears("Hello, Client!");
        assertThat(answer.getString("from")).isEqualTo("greeter");
        assertThat(kindAndId(answer)).containsExactly("application", "greeter");
        assertThat(ann.hasHeard())
                .filteredOn(message -> "I am the greeter".equals(message.getString("text", "")))
                .allMatch(message -> !message.containsKey("caller") && !"greeter".equals(message.getString("from")));
        JsonObject stored = ann.readsLog(room).get(2);
        assertThat(kindAndId(stored)).containsExactly("application", "greeter");
        JsonObject resumed =
                Messages.entries(person("cid").joins(room, Map.of("since", 2))).get(0);
        assertThat(kindAndId(resumed)).containsExactly("application", "greeter");
    }

    static List<String> kindAndId(JsonObject message) {
        return kindAndId(message, "caller");
    }

    private static List<String> kindAndId(JsonObject callers, String name) {
        JsonObject caller = callers.getJsonObject(name);
        return List.of(caller.getString("kind"), caller.getString("id"));
    }

    /**
     * A signed-in user is seen with its id by another user and by a guest, in every message that names it.
     *
     * @param user says hello when it is called, as a user that is in no room
     * @param guest in no room
     */
    static void assertIsSeenAs(String id, Person user, Person guest, String room) {
        List<String> identity = List.of("user", id);
        guest.joins(room);
        assertThat(kindAndId(user.welcome())).isEqualTo(identity);
        assertThat(kindAndId(user.joins(room).getJsonObject("callers"), user.name()))
                .isEqualTo(identity);
        JsonObject presence = guest.awaits("presence");
        assertThat(presence.getString("user")).isEqualTo(user.name());
        assertThat(kindAndId(presence)).isEqualTo(identity);

        user.says(room, "hello");
        user.saysBytes(new byte[] {1, 2}, Map.of("room", room, "media", "a/b"));
        List<JsonObject> heard = guest.hears(2, room);
        assertThat(heard.get(1).getBoolean("binary")).isTrue();
        JsonObject later = guest.joins(room, Map.of("since", 0));
        assertThat(kindAndId(later.getJsonObject("callers"), user.name())).isEqualTo(identity);
        assertThat(later.getJsonObject("callers")).hasSize(1);
        for (List<JsonObject> entries :
                List.of(heard, Messages.entries(later), Messages.entries(guest.asksForHistory(room, Map.of())))) {
            assertThat(entries).hasSize(2).allMatch(entry -> kindAndId(entry).equals(identity));
        }

        user.leaves(room);
        JsonObject gone = guest.awaits("presence");
        assertThat(gone.getBoolean("online")).isFalse();
        assertThat(kindAndId(gone)).isEqualTo(identity);
    }
}
