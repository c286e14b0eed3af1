package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.RoomName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadMarksTest {
    @Test
    void theMarksOfTheRoomThatWaitsLongestAreDroppedAtTheBound() {
        ReadMarks marks = new ReadMarks();
        RoomName garden = new RoomName("garden");
        marks.put(new Mark(LOBBY, ANN.key(), 1));
        marks.put(new Mark(LOBBY, BOB.key(), 1));
        for (int i = 0; i < ReadMarks.BOUND - 1; i++) {
            marks.put(new Mark(garden, "guest:u" + i, i));
        }
        assertThat(marks.of(LOBBY)).isEqualTo(Map.of(BOB.key(), 1L));
        assertThat(marks.of(garden)).hasSize(ReadMarks.BOUND - 1);
    }

    @Test
    void aMarkThatGrewWhileItWasWrittenWaitsOn() {
        ReadMarks marks = new ReadMarks();
        marks.put(new Mark(LOBBY, ANN.key(), 1));
        marks.put(new Mark(LOBBY, BOB.key(), 1));
        List<Mark> written = marks.eldest(10);
        marks.put(new Mark(LOBBY, BOB.key(), 2));
        marks.remove(written);
        assertThat(marks.eldest(10)).containsExactly(new Mark(LOBBY, BOB.key(), 2));
    }
}
