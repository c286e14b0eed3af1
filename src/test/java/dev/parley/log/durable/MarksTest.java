package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.jdbc.JdbcReader;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestedDatabase.class)
class MarksTest {
    @Parameter
    TestedDatabase database;

    @TempDir
    Path folder;

    private GroupCommitLog open() {
        return database.openLog(folder);
    }

    @Test
    void aMarkIsSeenAtOnceAndOnlyGrowsAlsoOverARestart() {
        try (GroupCommitLog log = open()) {
            Speaker.into(log).says(ANN, null, "x");
            log.mark(LOBBY, ANN.name(), 5);
            log.mark(LOBBY, ANN.name(), 3);
            log.mark(LOBBY, BOB.name(), 1);
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.name(), 5L, BOB.name(), 1L));
        }
        try (GroupCommitLog log = open()) {
            log.mark(LOBBY, ANN.name(), 4);
            log.mark(LOBBY, BOB.name(), 2);
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.name(), 5L, BOB.name(), 2L));
            assertThat(get(log.marks(new RoomName("garden")))).isEmpty();
        }
        try (GroupCommitLog log = open()) {
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.name(), 5L, BOB.name(), 2L));
        }
    }

    @Test
    void marksAreWrittenEvenWhenNothingIsSaid() throws Exception {
        try (GroupCommitLog log = open();
                Reader onDisk = new JdbcReader(database.connect(folder))) {
            Speaker.into(log).says(ANN, null, "x");
            log.mark(LOBBY, ANN.name(), 1);
            await().until(() -> onDisk.marks(LOBBY).equals(Map.of(ANN.name(), 1L)));
            log.mark(LOBBY, ANN.name(), 2);
            await().until(() -> onDisk.marks(LOBBY).equals(Map.of(ANN.name(), 2L)));
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.name(), 2L));
        }
    }

    @Test
    void aMarkWhereNothingWasSaidIsForgotten() {
        RoomName nowhere = new RoomName("nowhere");
        try (GroupCommitLog log = open()) {
            log.mark(nowhere, ANN.name(), 1);
        }
        try (GroupCommitLog log = open()) {
            assertThat(get(log.marks(nowhere))).isEmpty();
        }
    }

    @Test
    void theMarksOfTheRoomThatWaitsLongestAreDroppedAtTheBound() {
        ReadMarks marks = new ReadMarks();
        RoomName garden = new RoomName("garden");
        marks.put(new Mark(LOBBY, ANN.name(), 1));
        marks.put(new Mark(LOBBY, BOB.name(), 1));
        for (int i = 0; i < ReadMarks.BOUND - 1; i++) {
            marks.put(new Mark(garden, new UserName("u" + i), i));
        }
        assertThat(marks.of(LOBBY)).isEqualTo(Map.of(BOB.name(), 1L));
        assertThat(marks.of(garden)).hasSize(ReadMarks.BOUND - 1);
    }

    @Test
    void aMarkThatGrewWhileItWasWrittenWaitsOn() {
        ReadMarks marks = new ReadMarks();
        marks.put(new Mark(LOBBY, ANN.name(), 1));
        marks.put(new Mark(LOBBY, BOB.name(), 1));
        List<Mark> written = marks.eldest(10);
        marks.put(new Mark(LOBBY, BOB.name(), 2));
        marks.remove(written);
        assertThat(marks.eldest(10)).containsExactly(new Mark(LOBBY, BOB.name(), 2));
    }
}
