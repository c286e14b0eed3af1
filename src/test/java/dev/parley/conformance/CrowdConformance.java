package dev.parley.conformance;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many at once. */
interface CrowdConformance extends Place {
    int PEOPLE = 20;
    int MESSAGES = 50;

    /** What one of the crowd saw. */
    record Witness(List<Long> said, List<JsonObject> heard) {}

    @Test
    default void manyWhoTalkAtOnceAllHearTheSameOnceAndInOneOrder() throws Exception {
        String room = room();
        List<Witness> witnesses = all(IntStream.range(0, PEOPLE)
                .mapToObj(i -> person("p" + i, room))
                .map(person -> (Callable<Witness>) () -> talksAndListens(person, room))
                .collect(toList()));

        List<Long> everything =
                LongStream.rangeClosed(1, PEOPLE * MESSAGES).boxed().collect(toList());
        List<String> first = Messages.texts(witnesses.get(0).heard());
        assertThat(first).doesNotHaveDuplicates();
        List<Long> said = new ArrayList<>();
        for (Witness witness : witnesses) {
            assertThat(Messages.seqs(witness.heard())).isEqualTo(everything);
            assertThat(Messages.texts(witness.heard())).isEqualTo(first);
            assertThat(witness.said()).isSorted();
            said.addAll(witness.said());
        }
        assertThat(said).containsExactlyInAnyOrderElementsOf(everything);
    }

    @Test
    default void roomsThatTalkAtOnceDoNotMix() throws Exception {
        List<String> rooms = IntStream.range(0, 5).mapToObj(i -> room()).collect(toList());
        List<Witness> witnesses = all(rooms.stream()
                .map(room -> (Callable<Witness>) () -> {
                    Person person = person("p");
                    rooms.forEach(person::joins);
                    person.joins(room);
                    Witness witness = saysAll(person, room);
                    return new Witness(witness.said(), person.hears(MESSAGES, room));
                })
                .collect(toList()));
        List<Long> everything = LongStream.rangeClosed(1, MESSAGES).boxed().collect(toList());
        for (int i = 0; i < rooms.size(); i++) {
            assertThat(witnesses.get(i).said()).isEqualTo(everything);
            assertThat(Messages.seqs(witnesses.get(i).heard())).isEqualTo(everything);
        }
    }

    private static Witness talksAndListens(Person person, String room) {
        Witness talked = saysAll(person, room);
        return new Witness(talked.said(), person.hears(PEOPLE * MESSAGES, room));
    }

    /** Says everything without waiting, then looks at the answers. */
    private static Witness saysAll(Person person, String room) {
        for (int i = 0; i < MESSAGES; i++) {
            person.sends("say", Map.of("room", room, "text", person.name() + " says " + i));
        }
        List<Long> said = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            said.add(Messages.seq(person.awaits("said")));
        }
        return new Witness(said, List.of());
    }

    private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
