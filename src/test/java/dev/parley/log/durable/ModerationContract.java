package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.unwrap;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.ErasureScope;
import dev.parley.log.ModerationRequest;
import dev.parley.log.Range;
import dev.parley.log.StandingListener;
import dev.parley.log.StandingsChange;
import dev.parley.log.User;
import dev.parley.message.AuditEntry;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How standings, settings of rooms and the audit log are kept. */
abstract class ModerationContract {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final User SERVER = new User(User.beanKey(new UserName("server")), new UserName("server"));
    private static final CallerId MALLORY = new CallerId(Caller.Kind.GUEST, "m1");
    private static final String NETWORK = "192.0.2.1";

    private final DatabaseContract database;
    private final List<StandingsChange> changes = Collections.synchronizedList(new ArrayList<>());
    private GroupCommitLog log;
    private Speaker speaker;

    ModerationContract(DatabaseContract database) {
        this.database = database;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        log = database.openLog(folder, new StandingListener() {
            @Override
            public void changed(StandingsChange change) {
                changes.add(change);
            }

            @Override
            public void unknown(RoomName room) {}
        });
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static ModerationRequest request(User by, ModerationAction action, CallerId whom, Long seconds) {
        return new ModerationRequest(
                by, GARDEN, action, whom, new UserName("mallory"), List.of(), null, seconds, "spam");
    }

    private static ModerationRequest withAddress(ModerationAction action) {
        return new ModerationRequest(
                ANN, GARDEN, action, MALLORY, new UserName("mallory"), List.of(NETWORK), null, 60L, null);
    }

    private static void assertRefused(ErrorCode code, CompletionStage<?> stage) {
        assertThatThrownBy(() -> unwrap(stage))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(code));
    }

    private Standing standing(String key) {
        return get(log.standings(GARDEN)).byKey().getOrDefault(key, Standing.NONE);
    }

    @Test
    void aLogHasNoStandingsAtFirst() {
        assertThat(get(log.roomsWithStandings(10))).isEmpty();
        assertThat(get(log.standings(GARDEN))).isEqualTo(Standings.NONE);
        assertThat(get(log.standings(null))).isEqualTo(Standings.NONE);
        assertThat(get(log.audit(0, 10))).isEmpty();
    }

    @Test
    void aBanIsOfOneRoomAndTheListenerHearsOfItBeforeTheStageCompletes() {
        Instant before = Instant.now();
        get(log.moderate(request(ANN, ModerationAction.BAN, MALLORY, 60L)));
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).room()).isEqualTo(GARDEN);
        Standing banned = standing(MALLORY.key());
        assertThat(banned.bannedUntil())
                .isBetween(before.plusSeconds(59), Instant.now().plusSeconds(61));
        assertThat(banned.mutedUntil()).isNull();
        assertThat(get(log.standings(LOBBY))).isEqualTo(Standings.NONE);
        assertThat(get(log.standings(null))).isEqualTo(Standings.NONE);
    }

    @Test
    void aBanWithoutAnEndAndAMuteStandBesideEachOther() {
        get(log.moderate(request(ANN, ModerationAction.BAN, MALLORY, null)));
        get(log.moderate(request(ANN, ModerationAction.MUTE, MALLORY, 60L)));
        assertThat(standing(MALLORY.key()).bannedUntil()).isEqualTo(Standing.FOREVER);
        assertThat(standing(MALLORY.key()).mutedUntil()).isNotNull();
        get(log.moderate(request(ANN, ModerationAction.UNBAN, MALLORY, null)));
        assertThat(standing(MALLORY.key()).bannedUntil()).isNull();
        assertThat(standing(MALLORY.key()).mutedUntil()).isNotNull();
        get(log.moderate(request(ANN, ModerationAction.UNMUTE, MALLORY, null)));
        assertThat(get(log.standings(GARDEN)).byKey()).isEmpty();
    }

    @Test
    void aModeratorWhoWasBannedMeanwhileErasesNothing() {
        speaker.says(BOB, "a", "stays");
        get(log.moderate(
                new ModerationRequest(BOB, LOBBY, ModerationAction.BAN, ANN.id(), null, List.of(), null, null, null)));
        assertRefused(ErrorCode.FORBIDDEN, log.erase(ModerationRequest.erase(ANN, LOBBY, 1, null)));
        assertThat(get(log.read(LOBBY, new Range.After(0, 10))).entries())
                .extracting(Entry::body)
                .containsExactly(new Body.Text("stays"));
        assertThat(get(log.audit(0, 10))).hasSize(1);
    }

    @Test
    void whoIsBannedFromTheServerModeratesNoRoom() {
        get(log.moderate(new ModerationRequest(
                SERVER, null, ModerationAction.BAN, ANN.id(), null, List.of(), null, null, null)));
        assertRefused(ErrorCode.FORBIDDEN, log.moderate(request(ANN, ModerationAction.BAN, MALLORY, null)));
    }

    @Test
    void theRoomsWithStandingsOrSettingsAreKnown() {
        get(log.moderate(request(ANN, ModerationAction.BAN, MALLORY, null)));
        get(log.moderate(request(ANN, ModerationAction.BAN, BOB.id(), null)));
        get(log.moderate(ModerationRequest.ofRoom(ANN, LOBBY, ModerationAction.SLOW, 30L, null)));
        get(log.moderate(
                new ModerationRequest(SERVER, null, ModerationAction.BAN, MALLORY, null, List.of(), null, null, null)));
        assertThat(get(log.roomsWithStandings(10))).containsExactlyInAnyOrder(GARDEN, LOBBY);
        assertThat(get(log.roomsWithStandings(1))).isNotEmpty();
        get(log.moderate(ModerationRequest.ofRoom(ANN, LOBBY, ModerationAction.SLOW, 0L, null)));
        assertThat(get(log.roomsWithStandings(10))).containsExactly(GARDEN);
    }

    @Test
    void theWholeServerHasStandingsOfItsOwn() {
        get(log.moderate(
                new ModerationRequest(SERVER, null, ModerationAction.BAN, MALLORY, null, List.of(), null, null, null)));
        assertThat(get(log.standings(null)).byKey()).containsOnlyKeys(MALLORY.key());
        assertThat(get(log.standings(GARDEN)).byKey()).isEmpty();
    }

    @Test
    void aRoomKeepsHowSlowItIs() {
        get(log.moderate(ModerationRequest.ofRoom(ANN, GARDEN, ModerationAction.SLOW, 30L, null)));
        assertThat(get(log.standings(GARDEN)).slow()).isEqualTo(30);
        assertThat(get(log.moderate(ModerationRequest.ofRoom(ANN, GARDEN, ModerationAction.SLOW, 0L, null)))
                        .slow())
                .isZero();
        assertThat(get(log.standings(GARDEN)).slow()).isZero();
    }

    /** Both had the permission when they asked. */
    @Test
    void ofTwoModeratorsWhoBanEachOtherTheFirstOneStays() {
        CompletionStage<StandingsChange> first = log.moderate(request(ANN, ModerationAction.BAN, BOB.id(), 60L));
        CompletionStage<StandingsChange> second = log.moderate(request(BOB, ModerationAction.BAN, ANN.id(), 60L));
        get(first);
        assertRefused(ErrorCode.FORBIDDEN, second);
        assertThat(standing(ANN.key())).isEqualTo(Standing.NONE);
        assertThat(get(log.audit(0, 10))).hasSize(1);
    }

    @Test
    void eachActionIsAnEntryOfTheAuditLogWithoutTheAddress() {
        get(log.moderate(withAddress(ModerationAction.BAN)));
        get(log.moderate(request(SERVER, ModerationAction.REMOVE, MALLORY, null)));
        speaker.says(BOB, "a", "a secret");
        get(log.erase(ModerationRequest.erase(ANN, LOBBY, 1, "private")));
        assertThat(get(log.erase(ModerationRequest.erase(ANN, LOBBY, 9, "not there"))))
                .isFalse();

        List<AuditEntry> audit = get(log.audit(0, 10));
        assertThat(audit)
                .extracting(AuditEntry::action)
                .containsExactly(ModerationAction.BAN, ModerationAction.REMOVE, ModerationAction.ERASE);
        AuditEntry ban = audit.get(0);
        assertThat(ban.by()).isEqualTo(ANN.id());
        assertThat(ban.byName()).isEqualTo(ANN.name());
        assertThat(ban.room()).isEqualTo(GARDEN);
        assertThat(ban.whom()).isEqualTo(MALLORY);
        assertThat(ban.name()).isEqualTo(new UserName("mallory"));
        assertThat(ban.seconds()).isEqualTo(60);
        assertThat(ban.address()).isTrue();
        assertThat(audit.toString()).doesNotContain(NETWORK);
        assertThat(audit.get(1).by().kind()).isEqualTo(Caller.Kind.APPLICATION);
        assertThat(audit.get(1).reason()).isEqualTo("spam");
        assertThat(audit.get(2).seq()).isEqualTo(1);
        assertThat(audit.get(2).room()).isEqualTo(LOBBY);
        assertThat(get(log.audit(audit.get(0).number(), 1))).containsExactly(audit.get(1));
    }

    @Test
    void theAuthorOfAnEntryIsFoundWithTheNameOfThatTime() {
        speaker.says(BOB, "a", "x");
        get(log.erase(LOBBY, 1));
        assertThat(get(log.author(LOBBY, 1))).contains(BOB);
        get(log.eraseAll(new ErasureScope.OfUser(BOB.id())));
        assertThat(get(log.author(LOBBY, 1))).isEmpty();
        assertThat(get(log.author(LOBBY, 2))).isEmpty();
        assertThat(get(log.author(GARDEN, 1))).isEmpty();
    }

    @Test
    void whatHasEndedGoesAndTheRestStays(@TempDir Path other) throws SQLException {
        Instant now = Instant.now();
        try (Database opened = database.open(other, Executors.defaultThreadFactory())) {
            try (Appender appender = opened.appender()) {
                ModerationWriter writer = appender.moderation();
                writer.moderate(withAddress(ModerationAction.BAN), now);
                writer.moderate(request(ANN, ModerationAction.MUTE, MALLORY, 90L), now);
                writer.moderate(request(ANN, ModerationAction.BAN, BOB.id(), null), now);
                appender.commit();
                assertThat(writer.tidy(now.plusSeconds(59))).isEqualTo(new ModerationWriter.Tidied(0, true, true));
                assertThat(writer.tidy(now.plusSeconds(60))).isEqualTo(new ModerationWriter.Tidied(2, true, true));
                assertThat(writer.tidy(now.plusSeconds(90))).isEqualTo(new ModerationWriter.Tidied(1, true, false));
                appender.commit();
            }
            try (Reader reader = opened.reader()) {
                assertThat(reader.moderation().standings(GARDEN).byKey()).containsOnlyKeys(BOB.key());
                assertThat(reader.moderation().audit(0, 10)).hasSize(3);
            }
            try (Appender appender = opened.appender()) {
                Duration kept = Duration.ofDays(ModerationWriter.AUDIT_DAYS);
                appender.moderation().tidy(now.plus(kept).plusSeconds(1));
                appender.commit();
            }
            try (Reader reader = opened.reader()) {
                assertThat(reader.moderation().audit(0, 10)).isEmpty();
                assertThat(reader.moderation().standings(GARDEN).byKey()).containsOnlyKeys(BOB.key());
            }
        }
    }
}
