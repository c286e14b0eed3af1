package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Someone with any WebSocket terminal client can simply type. */
interface PlainLineConformance extends Place {
    String LOBBY = "lobby";

    @Test
    default void theGreeterAnswersItsTwoLinesInTheLobbyAndNoOther() {
        Person stranger = stranger();
        stranger.line().send("Hello, Server!");
        JsonObject first = answer(stranger, Messages.seq(stranger.awaits("said")));
        stranger.line().send("Nothing that needs an answer");
        stranger.line().send("How are you?");
        JsonObject second = answer(stranger, Messages.seq(first));

        assertThat(first.getString("text")).isEqualTo("Hello, Client!");
        assertThat(second.getString("text")).isEqualTo("I am fine, thank you!");
        assertThat(List.of(first, second))
                .allSatisfy(entry -> assertThat(entry.getString("room")).isEqualTo(LOBBY));
    }

    @Test
    default void theGreeterAnswersInTheRoomWhereItWasSpokenTo() {
        String room = room();
        Person ann = person("ann", room);
        JsonObject answer = answer(ann, Messages.seq(ann.says("Hello, Server!")));
        assertThat(answer.getString("room")).isEqualTo(room);
        assertThat(answer.getString("text")).isEqualTo("Hello, Client!");
    }

    @Test
    default void aPlainLineIsSaidInTheRoomLastJoined() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        ann.line().send("no JSON, just a line");
        JsonObject entry = bob.hears("no JSON, just a line");
        assertThat(entry.getString("room")).isEqualTo(room);
        assertThat(entry.getString("from")).isEqualTo(ann.name());
    }

    @Test
    default void plainLinesAreSaidInTheOrderInWhichTheyWereTyped() {
        Person stranger = stranger();
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            lines.add(unique("line " + i));
        }
        lines.forEach(stranger.line()::send);
        List<String> heard = Messages.texts(stranger.hearsUntil(lines.get(19), LOBBY));
        assertThat(heard).filteredOn(lines::contains).isEqualTo(lines);
    }

    @Test
    default void jsonBehindWhatCannotBeSeenIsNoLine() {
        String room = room();
        Person bob = person("bob", room);
        for (String invisible : List.of("\ufeff", "\n", "\r\n", "\t", " ", "\u200b", "\u00a0")) {
            Person ann = stranger();
            String name = unique("ann");
            ann.line().send(invisible + "{\"type\":\"hello\",\"name\":\"" + name + "\",\"session\":\"secret\"}");
            assertThat(ann.name()).isEqualTo(name);
            ann.joins(room);
            assertThat(ann.says(room, "after a hello").getString("room")).isEqualTo(room);
            assertThat(bob.hears(1, room).get(0).getString("text")).isEqualTo("after a hello");
        }
    }

    @Test
    default void aHelloThatIsNoJsonIsRefusedAndNotSaid() {
        String room = room();
        Person bob = person("bob", room);
        Person ann = person("ann", room);
        ann.line().send("data: {\"type\":\"hello\",\"session\":\"" + ann.session() + "\"}");
        assertThat(ann.awaits("error").getString("code")).isEqualTo("badRequest");
        ann.line().send("my session is " + ann.session());
        assertThat(ann.awaits("error").getString("code")).isEqualTo("badRequest");
        ann.says("next");
        assertThat(bob.hears(1, room).get(0).getString("text")).isEqualTo("next");
    }

    private static JsonObject answer(Person person, long after) {
        return person.awaits(
                "an answer of the greeter",
                message -> Messages.is(message, "entry")
                        && "greeter".equals(message.getString("from"))
                        && Messages.seq(message) > after);
    }
}
