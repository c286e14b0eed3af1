package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What clients see of a room that keeps only its newest entries; the server has the setting {@code parley.keep}. */
interface RetentionConformance extends Place {
    /** The value of the setting. */
    String RULES = "kept-*: 10 entries";

    private String keptRoom() {
        return unique("kept");
    }

    private static void talk(Person person, int messages) {
        for (int i = 1; i <= messages; i++) {
            person.says("number " + i);
        }
    }

    /** Waits until this entry is the oldest one. */
    private static void awaitOldest(Person person, String room, int oldest) {
        await().until(() -> person.asksForHistory(room, Map.of()).getInt("oldest", 1) == oldest);
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    default void whoJoinsIsToldTheOldestEntryThatIsKeptAndTheNumbersGoOn() {
        String room = keptRoom();
        Person ann = person("ann", room);
        talk(ann, 25);
        awaitOldest(ann, room, 16);
        JsonObject joined = person("bob").joins(room);
        assertThat(joined.getInt("oldest")).isEqualTo(16);
        assertThat(joined.getInt("seq")).isEqualTo(25);
        assertThat(Messages.seqs(Messages.entries(joined))).isEqualTo(numbers(16, 25));
        assertThat(Messages.seq(ann.says("one more"))).isEqualTo(26);
    }

    @Test
    default void whoResumesBehindTheOldestEntryGetsTheNewestPageAndEverythingAfterIt() {
        String room = keptRoom();
        Person ann = person("ann", room);
        Person bob = person("bob");
        String epoch = bob.joins(room).getString("epoch");
        talk(ann, 25);
        awaitOldest(ann, room, 16);

        JsonObject behind = again(bob).resumes(room, 14, epoch);
        assertThat(behind.getBoolean("recovered")).isFalse();
        assertThat(Messages.seqs(Messages.entries(behind))).isEqualTo(numbers(16, 25));
        JsonObject fromTheStart = again(bob).resumes(room, 0, epoch);
        assertThat(fromTheStart.getBoolean("recovered")).isFalse();
        Person back = again(bob);
        JsonObject atTheEdge = back.resumes(room, 15, epoch);
        assertThat(atTheEdge.getBoolean("recovered")).isTrue();
        assertThat(Messages.seqs(Messages.entries(atTheEdge))).isEqualTo(numbers(16, 25));
        ann.says("live");
        assertThat(Messages.seq(back.hears("live"))).isEqualTo(26);
    }

    @Test
    default void historyEndsAtTheOldestEntry() {
        String room = keptRoom();
        Person ann = person("ann", room);
        talk(ann, 25);
        awaitOldest(ann, room, 16);
        assertHistory(ann.asksForHistory(room, Map.of("before", 18)), 16, 17, false);
        assertHistory(ann.asksForHistory(room, Map.of("before", 18, "limit", 1)), 17, 17, true);
        assertHistory(ann.asksForHistory(room, Map.of("before", 16)), 1, 0, false);
        assertHistory(ann.asksForHistory(room, Map.of("before", 3)), 1, 0, false);
        assertHistory(ann.asksForHistory(room, Map.of("after", 0, "limit", 2)), 16, 17, true);
        assertHistory(ann.asksForHistory(room, Map.of("after", 0)), 16, 25, false);
    }

    private static void assertHistory(JsonObject history, long first, long last, boolean more) {
        assertThat(Messages.seqs(Messages.entries(history))).isEqualTo(numbers(first, last));
        assertThat(history.getBoolean("more")).isEqualTo(more);
        assertThat(history.getInt("oldest")).isEqualTo(16);
    }

    @Test
    default void aMessageThatIsSentAgainAfterItsEntryWasDeletedGetsTheSameAnswer() {
        String room = keptRoom();
        Person ann = person("ann", room);
        JsonObject said = ann.says(room, "same", "deleted");
        talk(ann, 12);
        awaitOldest(ann, room, 4);
        JsonObject again = ann.says(room, "same", "deleted");
        assertThat(Messages.seq(again)).isEqualTo(1);
        assertThat(again.getString("at")).isEqualTo(said.getString("at"));
        assertThat(Messages.seq(ann.says("next"))).isEqualTo(14);
    }

    @Test
    default void aRoomFromWhichNothingWasDeletedDoesNotSayWhatIsOldest() {
        String room = room();
        Person ann = person("ann", room);
        talk(ann, 12);
        assertThat(ann.asksForHistory(room, Map.of())).doesNotContainKey("oldest");
        assertThat(person("bob").joins(room)).doesNotContainKey("oldest");
    }

    @Test
    default void readMarksStayAsTheyAre() {
        String room = keptRoom();
        Person ann = person("ann", room);
        talk(ann, 12);
        ann.sends("read", Map.of("room", room, "seq", 2));
        awaitOldest(ann, room, 3);
        assertThat(person("bob").joins(room).getJsonObject("reads").getInt(ann.name()))
                .isEqualTo(2);
    }
}
