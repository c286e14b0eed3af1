package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What those who are in a room together hear of each other. */
interface RoomConformance extends Place {
    @Test
    default void everyMemberHearsWhatIsSaidTheSpeakerIncluded() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        JsonObject said = ann.says("hi");
        for (Person person : List.of(ann, bob)) {
            JsonObject entry = person.hears("hi");
            assertThat(entry.getString("room")).isEqualTo(room);
            assertThat(entry.getString("from")).isEqualTo(ann.name());
            assertThat(entry.getString("at")).isEqualTo(said.getString("at"));
            assertThat(entry.getJsonNumber("seq")).isEqualTo(said.getJsonNumber("seq"));
        }
    }

    @Test
    default void entriesAreNumberedFromOneWithoutAGap() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        for (int i = 0; i < 5; i++) {
            ann.says("ann " + i);
            bob.says("bob " + i);
        }
        assertThat(Messages.seqs(bob.hears(10, room))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    default void joiningTellsWhoIsThereAndTheOthersHearOfIt() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob");
        JsonObject joined = bob.joins(room);
        assertThat(joined.getJsonArray("members").getValuesAs(JsonString::getString))
                .containsExactlyInAnyOrder(ann.name(), bob.name());
        assertThat(joined.getString("epoch")).isNotBlank();
        ann.seesOnline(bob.name(), true);
    }

    @Test
    default void whoLeavesHearsNoMoreAndTheOthersHearOfIt() {
        String room = room();
        String other = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        bob.joins(other);
        ann.joins(other);
        bob.leaves(room);
        ann.seesOnline(bob.name(), false);
        ann.says(room, "he can't hear that");
        ann.says(other, "but this");
        bob.hears("but this");
        assertThat(bob.hasHeard())
                .noneMatch(message -> room.equals(message.getString("room", "")) && Messages.is(message, "entry"));
        assertThat(bob.isRefused("say", Map.of("room", room, "text", "from outside")))
                .isEqualTo("notMember");
    }

    @Test
    default void oneConnectionCanBeInSeveralRoomsAndSpeaksInTheLastJoined() {
        String first = room();
        String second = room();
        Person ann = person("ann", first);
        ann.joins(second);
        Person bob = person("bob", first);
        Person cid = person("cid", second);
        assertThat(ann.says("in the second").getString("room")).isEqualTo(second);
        assertThat(ann.says(first, "in the first").getString("room")).isEqualTo(first);
        assertThat(Messages.seq(bob.hears("in the first"))).isEqualTo(1);
        assertThat(Messages.seq(cid.hears("in the second"))).isEqualTo(1);
        assertThat(Messages.texts(ann.hears(1, first))).containsExactly("in the first");
        assertThat(Messages.texts(ann.hears(1, second))).containsExactly("in the second");
    }

    @Test
    default void typingIsSeenByTheOthers() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        ann.sends("typing", Map.of("room", room));
        JsonObject typing = bob.awaits("typing");
        assertThat(typing.getString("room")).isEqualTo(room);
        assertThat(typing.getString("user")).isEqualTo(ann.name());
    }

    @Test
    default void theOthersSeeHowFarSomeoneHasRead() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        ann.says("read me");
        bob.hears("read me");
        bob.sends("read", Map.of("room", room, "seq", 1));
        JsonObject read = ann.awaits("read");
        assertThat(read.getString("room")).isEqualTo(room);
        assertThat(read.getString("user")).isEqualTo(bob.name());
        assertThat(Messages.seq(read)).isEqualTo(1);
    }

    @Test
    default void upperAndLowerCaseMakeDifferentRooms() {
        String room = room();
        Person ann = person("ann", room);
        ann.says("in lower case");
        assertThat(Messages.entries(ann.joins(room.toUpperCase(Locale.ROOT)))).isEmpty();
    }

    /** A filler, dots only, mixed scripts, a joiner that changes nothing. */
    @Test
    default void aNewRoomThatShowsAsNothingOrAsAnotherIsRefused() {
        Person ann = person("ann");
        for (String room : List.of("\u3164", "...", "\u0433\u0430rden", "gar\u200cden")) {
            assertThat(ann.isRefused("join", Map.of("room", room))).as(room).isEqualTo("badRequest");
            assertThat(ann.isRefused("say", Map.of("room", room, "text", "nobody hears it")))
                    .as(room)
                    .isEqualTo("badRequest");
        }
    }

    /** Hindi, and a Latin name in NFD. */
    @Test
    default void aRoomHasTheMarksOfItsScriptAndIsKeptInNfc() {
        Person ann = person("ann");
        String hindi = unique("\u0909\u0926\u094d\u092f\u093e\u0928").replaceAll("[a-z]", "");
        assertThat(ann.joins(hindi).getString("room")).isEqualTo(hindi);
        String cafe = unique("cafe\u0301");
        assertThat(ann.joins(cafe).getString("room")).isEqualTo(cafe.replace("e\u0301", "\u00e9"));
        assertThat(Messages.seq(ann.says(cafe, "one room"))).isEqualTo(1);
    }
}
