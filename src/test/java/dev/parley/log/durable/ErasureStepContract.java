package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.ErasureScope;
import dev.parley.log.Range;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the single steps do that erase everything of a user or a room, and what is left of them over a restart. */
abstract class ErasureStepContract {
    private static final ErasureScope OF_ANN = new ErasureScope.OfUser(ANN.id());

    private final DurableDatabaseContract contract;

    @TempDir
    Path folder;

    ErasureStepContract(DurableDatabaseContract contract) {
        this.contract = contract;
    }

    private void saidBefore(int rooms, int entries, int bytes) {
        try (GroupCommitLog log = contract.openLog(folder)) {
            Speaker speaker = Speaker.into(log);
            List<CompletionStage<Entry>> said = new ArrayList<>();
            for (int i = 1; i <= rooms; i++) {
                for (int j = 1; j <= entries; j++) {
                    Body body = new Body.Attachment("x/y", null, ByteBuffer.allocate(bytes));
                    said.add(speaker.say(new RoomName("room-" + i), j % 2 == 0 ? ANN : BOB, "id-" + j, body));
                }
            }
            said.forEach(Speaker::get);
        }
    }

    private static boolean isErasedUnlessItIsHis(Entry entry) {
        return entry.erased() != entry.caller().equals(BOB.id());
    }

    private Database database() {
        return contract.open(folder, Executors.defaultThreadFactory());
    }

    private static List<ErasureStep> steps(Appender appender) throws SQLException {
        List<ErasureStep> steps = new ArrayList<>();
        for (Optional<ErasureStep> step = appender.eraseNext(); step.isPresent(); step = appender.eraseNext()) {
            appender.commit();
            steps.add(step.get());
        }
        return steps;
    }

    @Test
    void aStepErasesNoMoreThanItsBoundOfEntries() throws Exception {
        saidBefore(3, 1_500, 1);
        try (Database database = database();
                Appender appender = database.appender()) {
            assertThat(appender.beginErasure(OF_ANN)).isPresent();
            appender.commit();
            List<ErasureStep> steps = steps(appender);
            assertThat(steps).extracting(ErasureStep::entries).containsExactly(1_000L, 2_000L, 2_250L);
            assertThat(steps).extracting(step -> step.hints().size()).containsExactly(1_000, 1_000, 250);
            assertThat(steps).extracting(ErasureStep::done).containsExactly(false, false, true);
        }
    }

    @Test
    void aStepErasesNoMoreThanItsBoundOfBytesOrOneEntry() throws Exception {
        saidBefore(1, 10, 3 << 20);
        try (Database database = database();
                Appender appender = database.appender()) {
            appender.beginErasure(new ErasureScope.OfRoom(new RoomName("room-1")));
            appender.commit();
            assertThat(steps(appender)).extracting(ErasureStep::entries).containsExactly(2L, 4L, 6L, 8L, 10L, 10L);
        }
    }

    @Test
    void whatIsNotErasedYetIsNotReadAnyMore() throws Exception {
        saidBefore(1, 10, 10);
        try (Database database = database();
                Appender appender = database.appender();
                Reader reader = database.reader()) {
            appender.beginErasure(OF_ANN);
            appender.commit();
            assertThat(reader.page(new RoomName("room-1"), new Range.Newest(50)).entries())
                    .allMatch(ErasureStepContract::isErasedUnlessItIsHis);
            appender.beginErasure(new ErasureScope.OfRoom(new RoomName("room-1")));
            appender.commit();
            assertThat(reader.page(new RoomName("room-1"), new Range.Newest(50)).entries())
                    .allMatch(Entry::erased);
        }
    }

    @Test
    void whatWasBegunGoesOnAtTheNextStartAndTheUserStaysErased() throws Exception {
        saidBefore(2, 1_500, 10);
        try (Database database = database();
                Appender appender = database.appender()) {
            appender.beginErasure(OF_ANN);
            appender.commit();
            appender.eraseNext();
            appender.commit();
            // This step is lost with the process.
            appender.eraseNext();
        }
        try (GroupCommitLog log = contract.openLog(folder)) {
            Speaker speaker = Speaker.into(log);
            Entry again = get(speaker.say(new RoomName("room-1"), ANN, "id-2", "sent again"));
            assertThat(again.seq()).isLessThanOrEqualTo(1_500);
            assertThat(again.erased()).isTrue();
            assertThat(all(log, new RoomName("room-1"))).allMatch(ErasureStepContract::isErasedUnlessItIsHis);
            // The log does one after the other.
            get(log.eraseAll(new ErasureScope.OfRoom(LOBBY)));
            speaker.says(BOB, null, "x");
            get(log.eraseAll(new ErasureScope.OfRoom(LOBBY)));
        }
        assertThat(count("select count(*) from attachment")).isEqualTo(1_500);
        assertThat(count("select count(*) from entry where sender = 'ann'")).isZero();
    }

    @Test
    void whatIsBegunAgainIsTheSameJobUntilItIsDone() throws Exception {
        saidBefore(1, 3_000, 1);
        ErasureScope ofRoom = new ErasureScope.OfRoom(new RoomName("room-1"));
        for (ErasureScope scope : List.of(OF_ANN, ofRoom)) {
            try (Database database = database();
                    Appender appender = database.appender()) {
                ErasureJob job = appender.beginErasure(scope).orElseThrow();
                appender.commit();
                appender.eraseNext();
                appender.commit();
                assertThat(appender.beginErasure(scope).orElseThrow().id()).isEqualTo(job.id());
                appender.commit();
                List<ErasureStep> rest = steps(appender);
                assertThat(rest).extracting(ErasureStep::job).containsOnly(job.id());
                assertThat(rest.get(rest.size() - 1).entries()).isEqualTo(1_500);
            }
        }
        try (Database database = database();
                Appender appender = database.appender()) {
            assertThat(appender.beginErasure(OF_ANN)).isEmpty();
        }
    }

    @Test
    void theDigestOfAUserIsForgottenAfterSomeDays() throws Exception {
        saidBefore(1, 10, 10);
        try (GroupCommitLog log = contract.openLog(folder)) {
            Speaker.into(log);
            get(log.eraseAll(OF_ANN));
        }
        assertThat(count("select count(*) from author where was is not null")).isEqualTo(1);
        DurableDatabaseContract.run(contract.connect(folder), "update erasure set ended = ended - 7 * 24 * 3600000");
        try (GroupCommitLog log = contract.openLog(folder)) {
            Speaker.into(log).says(BOB, null, "after the first step");
        }
        assertThat(count("select count(*) from author where was is not null")).isZero();
        assertThat(count("select count(*) from erasure")).isZero();
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = contract.connect(folder);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
