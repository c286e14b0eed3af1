package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Background;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.Runs;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The sub-protocol {@code parley.v2}: entries in runs are the entries of {@code parley.v1}, in the same order. */
interface RunsConformance extends Place {
    String V2 = "Sec-WebSocket-Protocol: parley.v1, parley.v2";
    /** More than the page of a join has. */
    int MORE_THAN_A_PAGE = 230;

    @Test
    default void entriesThatComeTogetherComeAsARunAndAreTheSame() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = inRuns("bob", room);
        Person cid = person("cid", room);
        List<JsonObject> inRuns = new ArrayList<>();
        int batches = 0;
        while (inRuns.stream().noneMatch(Runs::hasBroughtIt)) {
            assertThat(++batches).as("batches without a run").isLessThan(50);
            saysBatch(ann, room, batches);
            inRuns.addAll(bob.hears(20, room));
        }
        assertThat(Runs.unmarked(inRuns)).isEqualTo(cid.hears(20 * batches, room));
        assertThat(Messages.seqs(inRuns)).isEqualTo(upTo(20 * batches));
    }

    /** Twenty messages in one frame: texts that need escapes, and data. */
    private static void saysBatch(Person person, String room, int batch) {
        JsonArrayBuilder frame = Json.createArrayBuilder();
        for (int i = 0; i < 20; i++) {
            var say = Json.createObjectBuilder()
                    .add("type", "say")
                    .add("room", room)
                    .add("id", batch + "-" + i);
            frame.add(
                    i % 3 == 2
                            ? say.add("kind", "Order")
                                    .add("data", Json.createObjectBuilder().add("id", i))
                            : say.add("text", "\"" + i + "\"\n Grüße 你 😀"));
        }
        person.line().send(frame.build().toString());
        for (int i = 0; i < 20; i++) {
            person.awaits("said");
        }
    }

    @Test
    default void whatFollowsThePageOfAJoinComesInRunsAroundAnAttachment() {
        String room = room();
        Person ann = person("ann", room);
        Person dee = person("dee", room);
        int attachment = MORE_THAN_A_PAGE - 10;
        for (int i = 1; i < attachment; i++) {
            (i % 5 == 0 ? dee : ann).says("number " + i);
        }
        ann.saysBytes(new byte[] {1, 2, 3}, Map.of("media", "image/png", "name", "rose.png"));
        for (int i = attachment + 1; i <= MORE_THAN_A_PAGE; i++) {
            (i % 5 == 0 ? dee : ann).says("number " + i);
        }

        List<JsonObject> inRuns = all(Person.on(client(V2), Map.of()), room);
        assertThat(Runs.unmarked(inRuns)).isEqualTo(all(person("cid"), room));
        assertThat(Messages.seqs(inRuns)).isEqualTo(upTo(MORE_THAN_A_PAGE));
        assertThat(inRuns.get(attachment - 1).getBoolean("binary", false)).isTrue();
        assertThat(inRuns.subList(attachment, MORE_THAN_A_PAGE)).allMatch(Runs::hasBroughtIt);
        assertThat(inRuns.subList(attachment, MORE_THAN_A_PAGE).stream()
                        .map(entry -> entry.getString("from"))
                        .distinct())
                .containsExactlyInAnyOrder(ann.name(), dee.name());

        List<JsonObject> apart = all(Person.on(client(V2), Map.of("attachments", "apart")), room);
        assertThat(Runs.unmarked(apart)).isEqualTo(all(person(Map.of("attachments", "apart")), room));
        assertThat(apart.get(attachment - 1).getInt("size")).isEqualTo(3);
        assertThat(Runs.hasBroughtIt(apart.get(attachment - 1))).isTrue();
    }

    /** Joins from the beginning of the log. */
    private static List<JsonObject> all(Person person, String room) {
        JsonObject joined = person.joins(room, Map.of("since", 0));
        assertThat(joined.getBoolean("recovered")).isTrue();
        List<JsonObject> all = new ArrayList<>(Messages.entries(joined));
        assertThat(all).hasSizeLessThan(MORE_THAN_A_PAGE - 10);
        all.addAll(person.hears(MORE_THAN_A_PAGE - all.size(), room));
        return all;
    }

    @Test
    default void everythingElseIsAsInTheOlderSubProtocol() {
        String room = room();
        Person bob = inRuns("bob", room);
        Person ann = person("ann", room);
        bob.seesOnline(ann.name(), true);
        assertThat(Messages.seq(bob.says("a"))).isEqualTo(1);
        assertThat(bob.hears("a").getString("from")).isEqualTo(bob.name());
        assertThat(Messages.texts(Messages.entries(bob.asksForHistory(room, Map.of()))))
                .containsExactly("a");
        bob.saysBytes(new byte[] {4, 5}, Map.of("media", "image/png"));
        assertThat(ann.hears(2, room).get(1).getString("data")).isEqualTo("BAU=");
        assertThat(bob.isRefused("say", Map.of("room", room(), "text", "b"))).isEqualTo("notMember");
        assertThat(bob.leaves(room).getString("room")).isEqualTo(room);
        ann.seesOnline(bob.name(), false);
    }

    @Test
    default void whoComesAndGoesAmongOthersHearsRunsOnceAndInOrder() {
        int batches = 40;
        String room = room();
        Person bob = inRuns("bob", room);
        Person ann = person("ann", room);
        String epoch = bob.joins(room).getString("epoch");
        CompletableFuture<Void> talk =
                Background.run(() -> IntStream.range(0, batches).forEach(batch -> saysBatch(ann, room, batch)));

        List<Long> heard = new ArrayList<>();
        while (heard.size() < 20 * batches) {
            bob.vanishes();
            bob = Person.on(client(V2), Map.of("session", bob.session()));
            JsonObject joined = bob.resumes(room, heard.size(), epoch);
            assertThat(joined.getBoolean("recovered")).isTrue();
            heard.addAll(Messages.seqs(Messages.entries(joined)));
            heard.addAll(Messages.seqs(bob.hears(Math.min(heard.size() % 37, 20 * batches - heard.size()), room)));
        }
        talk.join();
        assertThat(heard).isEqualTo(upTo(20 * batches));
    }

    /** Someone who takes part in a room, and gets entries in runs. */
    private Person inRuns(String name, String room) {
        Person person = Person.on(client(V2), Map.of("name", unique(name)));
        assertThat(person.line().header("Sec-WebSocket-Protocol")).contains("parley.v2");
        person.joins(room);
        return person;
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
