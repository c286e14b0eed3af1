package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.User;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
        log.mark(LOBBY, ANN, 5);
        log.mark(LOBBY, ANN, 3);
        log.mark(LOBBY, BOB, 1);
        assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.key(), 5L, BOB.key(), 1L));
        assertThat(get(log.marks(GARDEN))).isEmpty();
    }

    @Test
    void marksAreWrittenEvenWhenNothingIsSaid() throws Exception {
        try (Reader stored = database.reader()) {
            speaker.says(ANN, null, "x");
            log.mark(LOBBY, ANN, 1);
            await().until(() -> stored.marks(LOBBY).equals(Map.of(ANN.key(), 1L)));
            log.mark(LOBBY, ANN, 2);
            await().until(() -> stored.marks(LOBBY).equals(Map.of(ANN.key(), 2L)));
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.key(), 2L));
        }
    }

    @Test
    void aMarkBelowTheStoredOneChangesNothing() throws Exception {
        try (Reader stored = database.reader()) {
            speaker.says(ANN, null, "x");
            log.mark(LOBBY, ANN, 5);
            await().until(() -> stored.marks(LOBBY).equals(Map.of(ANN.key(), 5L)));
            log.mark(LOBBY, ANN, 4);
            log.mark(LOBBY, BOB, 1);
            await().until(() -> stored.marks(LOBBY).equals(Map.of(ANN.key(), 5L, BOB.key(), 1L)));
        }
    }

    @Test
    void aMarkWhereNothingWasSaidIsForgotten() throws Exception {
        try (Reader stored = database.reader()) {
            log.mark(GARDEN, ANN, 1);
            speaker.says(ANN, null, "x");
            log.mark(LOBBY, ANN, 1);
            await().until(() -> !stored.marks(LOBBY).isEmpty());
            assertThat(stored.marks(GARDEN)).isEmpty();
        }
    }

    @Test
    void aMarkBelongsToTheUserAndNotToTheName() throws Exception {
        User namesake = new User("guest:7", ANN.name());
        User renamed = new User(ANN.key(), new UserName("annie"));
        try (Reader stored = database.reader()) {
            speaker.says(ANN, null, "x");
            log.mark(LOBBY, ANN, 5);
            log.mark(LOBBY, namesake, 1);
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.key(), 5L, namesake.key(), 1L));
            log.mark(LOBBY, renamed, 6);
            await().until(() -> stored.marks(LOBBY).equals(Map.of(ANN.key(), 6L, namesake.key(), 1L)));
        }
    }

    @Test
    void aNameIsReservedSoonAndOnce() throws Exception {
        try (Reader stored = database.reader()) {
            log.reserve(ANN);
            log.reserve(new User("user:another", ANN.name()));
            log.reserve(new User("bean:herald", new UserName("herald")));
            List<String> expected = List.of("ann", "herald");
            await().until(() -> names(stored).equals(expected));
            log.reserve(new User("user:another", ANN.name()));
            log.reserve(BOB);
            await().until(() -> names(stored).equals(List.of("ann", "bob", "herald")));
        }
    }

    private static List<String> names(Reader reader) throws SQLException {
        List<String> names = new ArrayList<>();
        reader.names(name -> names.add(name.value()));
        names.sort(null);
        return names;
    }
}
