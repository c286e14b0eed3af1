package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.RoomsBehind;
import dev.parley.message.RoomName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The positions of the durable observers of an application. */
abstract class ObserversContract {
    private static final RoomName GARDEN = new RoomName("garden");

    private final DatabaseContract contract;
    private GroupCommitLog log;
    private Speaker speaker;

    ObserversContract(DatabaseContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        log = contract.openLog(folder);
        speaker = Speaker.into(log);
        speaker.says(ANN, null, "one");
        speaker.says(ANN, null, "two");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aNewObserverBeginsBehindTheNewestEntryOfEachRoom() {
        get(log.addObserver("search", false));
        get(speaker.say(GARDEN, ANN, null, "three"));

        assertThat(get(log.position("search", LOBBY))).isEqualTo(2);
        assertThat(get(log.position("search", GARDEN))).isZero();
        assertThat(behind("search")).containsExactly(GARDEN);
    }

    @Test
    void aNewObserverFromTheStartBeginsAtTheOldestEntry() {
        get(log.addObserver("search", true));

        assertThat(get(log.position("search", LOBBY))).isZero();
        assertThat(behind("search")).containsExactly(LOBBY);
    }

    @Test
    void anObserverThatIsKnownKeepsItsPosition() {
        get(log.addObserver("search", true));
        get(log.advance("search", Map.of(LOBBY, 1L)));

        get(log.addObserver("search", false));

        assertThat(get(log.position("search", LOBBY))).isEqualTo(1);
        assertThat(behind("search")).containsExactly(LOBBY);
    }

    @Test
    void eachObserverHasItsOwnPositions() {
        get(log.addObserver("search", true));
        get(log.addObserver("mail", true));
        get(log.advance("search", Map.of(LOBBY, 1L)));
        get(log.advance("search", Map.of(LOBBY, 2L, GARDEN, 5L)));

        assertThat(behind("search")).isEmpty();
        assertThat(behind("mail")).containsExactly(LOBBY);
        assertThat(get(log.position("search", GARDEN))).isZero();
    }

    @Test
    void roomsAreSearchedInSteps() {
        get(log.addObserver("search", true));
        List<RoomName> rooms = IntStream.range(0, 1_500)
                .mapToObj(number -> new RoomName("room-" + number))
                .toList();
        rooms.stream().map(room -> speaker.say(room, ANN, null, "hi")).toList().forEach(CompletableFuture::join);

        RoomsBehind first = get(log.behind("search", RoomsBehind.BEGIN));
        assertThat(first.rooms()).hasSize(1_000);
        assertThat(behind("search")).hasSize(1_501).containsAll(rooms);
    }

    @Test
    void theLogSaysWhetherAnIdIsStored() {
        get(speaker.say(LOBBY, ANN, "mine", "three"));

        assertThat(get(log.isStored(LOBBY, ANN, "mine"))).isTrue();
        assertThat(get(log.isStored(GARDEN, ANN, "mine"))).isFalse();
        assertThat(get(log.isStored(LOBBY, Speaker.BOB, "mine"))).isFalse();
        assertThat(get(log.isStored(LOBBY, ANN, "another"))).isFalse();
    }

    private List<RoomName> behind(String observer) {
        List<RoomName> all = new ArrayList<>();
        long place = RoomsBehind.BEGIN;
        while (place != RoomsBehind.END) {
            RoomsBehind found = get(log.behind(observer, place));
            all.addAll(found.rooms());
            place = found.place();
        }
        return all;
    }
}
