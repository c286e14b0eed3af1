package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.RoomName;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class MarksContract {
    private static final RoomName GARDEN = new RoomName("garden");

    private final DatabaseContract contract;
    private Database database;
    private GroupCommitLog log;
    private Speaker speaker;

    MarksContract(DatabaseContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        database = contract.open(folder, threads);
        log = GroupCommitLog.open(database, threads);
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aMarkIsSeenAtOnceAndOnlyGrows() {
        speaker.says(ANN, null, "x");
        log.mark(LOBBY, ANN.name(), 5);
        log.mark(LOBBY, ANN.name(), 3);
        log.mark(LOBBY, BOB.name(), 1);
        assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.name(), 5L, BOB.name(), 1L));
        assertThat(get(log.marks(GARDEN))).isEmpty();
    }

    @Test
    void marksAreWrittenEvenWhenNothingIsSaid() throws Exception {
        try (Reader stored = database.reader()) {
            speaker.says(ANN, null, "x");
            log.mark(LOBBY, ANN.name(), 1);
            await().until(() -> stored.marks(LOBBY).equals(Map.of(ANN.name(), 1L)));
            log.mark(LOBBY, ANN.name(), 2);
            await().until(() -> stored.marks(LOBBY).equals(Map.of(ANN.name(), 2L)));
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.name(), 2L));
        }
    }

    @Test
    void aMarkBelowTheStoredOneChangesNothing() throws Exception {
        try (Reader stored = database.reader()) {
            speaker.says(ANN, null, "x");
            log.mark(LOBBY, ANN.name(), 5);
            await().until(() -> stored.marks(LOBBY).equals(Map.of(ANN.name(), 5L)));
            log.mark(LOBBY, ANN.name(), 4);
            log.mark(LOBBY, BOB.name(), 1);
            await().until(() -> stored.marks(LOBBY).equals(Map.of(ANN.name(), 5L, BOB.name(), 1L)));
        }
    }

    @Test
    void aMarkWhereNothingWasSaidIsForgotten() throws Exception {
        try (Reader stored = database.reader()) {
            log.mark(GARDEN, ANN.name(), 1);
            speaker.says(ANN, null, "x");
            log.mark(LOBBY, ANN.name(), 1);
            await().until(() -> !stored.marks(LOBBY).isEmpty());
            assertThat(stored.marks(GARDEN)).isEmpty();
        }
    }
}
