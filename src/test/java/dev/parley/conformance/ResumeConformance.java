package dev.parley.conformance;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Background;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Coming back misses nothing, and brings nothing twice. */
interface ResumeConformance extends Place {
    @Test
    default void whoComesBackGetsExactlyWhatWasMissed() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob");
        String epoch = bob.joins(room).getString("epoch");
        ann.says("heard");
        bob.hears("heard");
        bob.vanishes();
        ann.says("missed 1");
        ann.says("missed 2");

        Person again = again(bob);
        JsonObject joined = again.resumes(room, 1, epoch);
        assertThat(joined.getBoolean("recovered")).isTrue();
        assertThat(joined.getString("epoch")).isEqualTo(epoch);
        ann.says("live");
        List<JsonObject> all = new ArrayList<>(Messages.entries(joined));
        all.addAll(again.hears(3 - all.size(), room));
        assertThat(Messages.texts(all)).containsExactly("missed 1", "missed 2", "live");
    }

    @Test
    default void whoMissedNothingIsToldSo() {
        String room = room();
        Person ann = person("ann");
        String epoch = ann.joins(room).getString("epoch");
        ann.says("heard");
        JsonObject joined = again(ann).resumes(room, 1, epoch);
        assertThat(joined.getBoolean("recovered")).isTrue();
        assertThat(Messages.entries(joined)).isEmpty();
    }

    @Test
    default void aPositionInAnotherLogIsVoid() {
        String room = room();
        Person ann = person("ann", room);
        ann.says("one");
        ann.says("two");
        JsonObject joined = person("bob").resumes(room, 1, "another-epoch");
        assertThat(joined.getBoolean("recovered")).isFalse();
        assertThat(Messages.texts(Messages.entries(joined))).containsExactly("one", "two");
    }

    @Test
    default void aPositionBeyondTheEndIsVoid() {
        String room = room();
        Person ann = person("ann");
        String epoch = ann.joins(room).getString("epoch");
        ann.says("one");
        JsonObject joined = person("bob").resumes(room, 2, epoch);
        assertThat(joined.getBoolean("recovered")).isFalse();
        assertThat(Messages.texts(Messages.entries(joined))).containsExactly("one");
    }

    @Test
    default void whoComesAndGoesWhileOthersTalkHearsEverythingOnceAndInOrder() {
        int messages = 1_000;
        String room = room();
        Person bob = person("bob");
        String epoch = bob.joins(room).getString("epoch");
        Person ann = person("ann", room);
        CompletableFuture<Void> talk = Background.run(() -> {
            for (int i = 1; i <= messages; i++) {
                ann.says("number " + i);
            }
        });

        List<Long> heard = new ArrayList<>();
        while (heard.size() < messages) {
            bob.vanishes();
            bob = again(bob);
            JsonObject joined = bob.resumes(room, heard.size(), epoch);
            assertThat(joined.getBoolean("recovered")).isTrue();
            heard.addAll(Messages.seqs(Messages.entries(joined)));
            // A few that come live, so that each return happens at another moment of the talk.
            heard.addAll(Messages.seqs(bob.hears(Math.min(heard.size() % 37, messages - heard.size()), room)));
        }
        talk.join();
        assertThat(heard).isEqualTo(LongStream.rangeClosed(1, messages).boxed().collect(toList()));
    }

    @Test
    default void whoIsFarBehindGetsEverythingInOrder() {
        int each = 600;
        String room = room();
        Person bob = person("bob");
        String epoch = bob.joins(room).getString("epoch");
        List<Person> talkers = Stream.of("ann", "cid", "dee", "eve", "fay")
                .map(name -> person(name, room))
                .collect(toList());
        for (Person talker : talkers) {
            for (int i = 0; i < each; i++) {
                talker.sends("say", Map.of("text", "number " + i));
            }
            for (int i = 0; i < each; i++) {
                talker.awaits("said");
            }
        }
        bob.vanishes();

        Person again = again(bob);
        JsonObject joined = again.resumes(room, 0, epoch);
        assertThat(joined.getBoolean("recovered")).isTrue();
        List<Long> heard = new ArrayList<>(Messages.seqs(Messages.entries(joined)));
        heard.addAll(Messages.seqs(again.hears(5 * each - heard.size(), room)));
        assertThat(heard).isEqualTo(LongStream.rangeClosed(1, 5L * each).boxed().collect(toList()));
    }
}
