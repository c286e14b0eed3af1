package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.Entry;
import dev.parley.message.Keep;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a room after days, and over restarts. */
abstract class KeptRetentionContract {
    private static final Range ALL = new Range.Newest(200);
    private static final Retention THREE_DAYS = Retention.parse("*: 3 days");

    private final DurableDatabaseContract database;

    @TempDir
    Path folder;

    KeptRetentionContract(DurableDatabaseContract database) {
        this.database = database;
    }

    /** Leaves a log with three entries that are as old as this. */
    private void saidBefore(int days) throws Exception {
        try (GroupCommitLog log = database.openLog(folder)) {
            Speaker speaker = Speaker.into(log);
            for (int i = 1; i <= 3; i++) {
                speaker.says(ANN, "id-" + i, "number " + i);
            }
        }
        database.setTime(
                folder, System.currentTimeMillis() - Duration.ofDays(days).toMillis());
    }

    private static Page page(GroupCommitLog log) {
        return get(log.read(LOBBY, ALL));
    }

    private static void awaitEmpty(GroupCommitLog log) {
        await().until(() -> page(log).entries().isEmpty());
    }

    @Test
    void entriesThatAreTooOldAreDeletedAndANumberNeverComesTwice() throws Exception {
        saidBefore(4);
        try (GroupCommitLog log = database.openLog(folder, THREE_DAYS)) {
            awaitEmpty(log);
            assertThat(page(log).last()).isEqualTo(3);
            assertThat(page(log).oldest()).isEqualTo(4);
            assertThat(page(log).more()).isFalse();
            assertThat(get(log.read(LOBBY, new Range.After(0, 10))).more()).isFalse();
        }
        try (GroupCommitLog log = database.openLog(folder, THREE_DAYS)) {
            assertThat(Speaker.into(log).says(ANN, null, "next").seq()).isEqualTo(4);
            assertThat(page(log).entries()).hasSize(1);
            assertThat(page(log).oldest()).isEqualTo(4);
        }
    }

    @Test
    void entriesThatAreYoungEnoughStay() throws Exception {
        saidBefore(2);
        RoomName other = new RoomName("other");
        try (GroupCommitLog log = database.openLog(folder, Retention.parse("other: 1 entry; *: 3 days"))) {
            Speaker speaker = Speaker.into(log);
            get(speaker.say(other, ANN, null, "deleted"));
            get(speaker.say(other, ANN, null, "stays"));
            // One round has been made then.
            await().until(() -> get(log.read(other, ALL)).oldest() == 2);
            assertThat(page(log).entries()).hasSize(3);
        }
    }

    @Test
    void anIdIsKnownForSevenDaysOverRestarts() throws Exception {
        saidBefore(4);
        try (GroupCommitLog log = database.openLog(folder, THREE_DAYS)) {
            awaitEmpty(log);
        }
        try (GroupCommitLog log = database.openLog(folder)) {
            Speaker speaker = Speaker.into(log);
            assertThat(speaker.says(ANN, "id-2", "number 2").seq()).isEqualTo(2);
            assertThat(speaker.heard).extracting(Appended::repeated).containsExactly(true);
        }
        database.setTime(folder, System.currentTimeMillis() - Duration.ofDays(8).toMillis());
        try (GroupCommitLog log = database.openLog(folder, THREE_DAYS)) {
            Speaker speaker = Speaker.into(log);
            await().until(() -> speaker.says(ANN, "id-2", "number 2").seq() > 3);
            assertThat(page(log).entries()).extracting(Entry::seq).containsExactly(4L);
        }
    }

    @Test
    void whatTheApplicationDecidesHoldsWithoutRulesAndOverRestarts() throws Exception {
        try (GroupCommitLog log = database.openLog(folder)) {
            // The room has no entries yet.
            get(log.keep(ANN, LOBBY, Keep.of(Duration.ofDays(3))));
        }
        saidBefore(4);
        RoomName other = new RoomName("other");
        try (GroupCommitLog log = database.openLog(folder)) {
            get(log.keep(ANN, other, Keep.parse("1 entry")));
            awaitEmpty(log);
            assertThat(page(log).oldest()).isEqualTo(4);
            Speaker.into(log).says(ANN, null, "next");
            assertThat(page(log).entries()).extracting(Entry::seq).containsExactly(4L);
        }
    }

    @Test
    void withoutRulesNothingIsDeletedAndWhatWasDeletedStaysSo() throws Exception {
        saidBefore(4);
        try (GroupCommitLog log = database.openLog(folder, THREE_DAYS)) {
            awaitEmpty(log);
        }
        try (GroupCommitLog log = database.openLog(folder)) {
            Speaker.into(log).says(ANN, null, "next");
            assertThat(page(log).entries()).extracting(Entry::seq).containsExactly(4L);
            assertThat(page(log).oldest()).isEqualTo(4);
        }
    }
}
