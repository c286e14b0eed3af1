package dev.parley.log.sqlite;

import static dev.parley.log.durable.LogAssertions.unwrap;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.get;
import static dev.parley.log.durable.Speaker.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.log.User;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.ModerationWriter;
import dev.parley.log.durable.Speaker;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import dev.parley.message.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standings as they are in the file of a log. */
class StandingsTest {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final User SERVER = new User(User.beanKey(new UserName("server")), new UserName("server"));
    private static final CallerId OWNER = user("owen").id();

    @TempDir
    Path folder;

    private static ModerationRequest request(User by, ModerationAction action, CallerId whom) {
        return new ModerationRequest(by, GARDEN, action, whom, null, List.of(), null, null, null);
    }

    private static void assertForbidden(CompletionStage<?> stage) {
        assertThatThrownBy(() -> unwrap(stage))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }

    @Test
    void noMemberModeratesAnOwnerAndTheApplicationDoes() throws Exception {
        execute("insert into standing (room, caller, role) values ('garden', 'user:owen', 'owner')");
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker.into(log);
            assertThat(get(log.roomsWithStandings(10))).containsExactly(GARDEN);
            for (ModerationAction action :
                    List.of(ModerationAction.BAN, ModerationAction.MUTE, ModerationAction.REMOVE)) {
                assertForbidden(log.moderate(request(ANN, action, OWNER)));
            }
            get(log.moderate(request(SERVER, ModerationAction.BAN, OWNER)));
            get(log.moderate(request(SERVER, ModerationAction.UNBAN, OWNER)));
            Standing owner = get(log.standings(GARDEN)).byKey().get(OWNER.key());
            assertThat(owner.role()).isEqualTo(Role.OWNER);
            assertThat(owner.bannedUntil()).isNull();
        }
    }

    @Test
    void standingsOutliveTheLog() {
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker.into(log);
            get(log.moderate(request(ANN, ModerationAction.BAN, OWNER)));
        }
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            assertThat(get(log.roomsWithStandings(10))).containsExactly(GARDEN);
            assertThat(get(log.standings(GARDEN)).byKey().get(OWNER.key()).bannedUntil())
                    .isEqualTo(Standing.FOREVER);
            assertThat(get(log.audit(0, 10))).hasSize(1);
        }
    }

    @Test
    void aRoomHasTenThousandStandingsAndNoMore() {
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker.into(log);
            List<CompletionStage<StandingsChange>> bans = new ArrayList<>();
            for (int i = 1; i <= Standings.MOST; i++) {
                bans.add(log.moderate(
                        request(ANN, ModerationAction.BAN, user("u" + i).id())));
                if (bans.size() == 500) {
                    bans.forEach(Speaker::get);
                    bans.clear();
                }
            }
            assertForbidden(log.moderate(request(ANN, ModerationAction.BAN, OWNER)));
            get(log.moderate(request(ANN, ModerationAction.MUTE, user("u1").id())));
            assertThat(get(log.standings(GARDEN)).byKey()).hasSize(Standings.MOST);
            get(log.moderate(request(ANN, ModerationAction.UNBAN, user("u2").id())));
            get(log.moderate(request(ANN, ModerationAction.BAN, OWNER)));
        }
    }

    @Test
    void aHundredThousandRoomsHaveSettingsAndNoMore() throws Exception {
        execute("""
                insert into room_setting (room, slow, closed) with recursive number (n) as
                    (select 1 union all select n + 1 from number where n < %d)
                select 'room-' || n, 5, 0 from number
                """.formatted(ModerationWriter.MOST_SETTINGS));
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker.into(log);
            assertForbidden(log.moderate(slow(GARDEN, 5)));
            get(log.moderate(slow(GARDEN, 0)));
            get(log.moderate(slow(new RoomName("room-1"), 0)));
            get(log.moderate(slow(GARDEN, 5)));
            assertForbidden(log.moderate(slow(new RoomName("room-1"), 5)));
        }
    }

    @Test
    void theRoomsThatUsersMakeTakeNoSpaceFromOthers() throws Exception {
        execute("""
                insert into room_setting (room, slow, closed, maker) with recursive number (n) as
                    (select 1 union all select n + 1 from number where n < %d)
                select 'room-' || n, 0, 1, 'user:u' || n %% 200 from number
                """.formatted(ModerationWriter.MOST_SETTINGS));
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker.into(log);
            assertForbidden(log.moderate(ModerationRequest.create(ANN, GARDEN, ANN.id(), ANN.name(), true)));
            get(log.moderate(slow(GARDEN, 5)));
            get(log.moderate(slow(new RoomName("room-1"), 5)));
            get(log.moderate(ModerationRequest.create(SERVER, new RoomName("hall"), ANN.id(), null, true)));
        }
    }

    private static ModerationRequest slow(RoomName room, long seconds) {
        return ModerationRequest.ofRoom(ANN, room, ModerationAction.SLOW, seconds, null);
    }

    private void execute(String sql) throws SQLException, IOException {
        Files.createDirectories(folder);
        try (Connection connection = new Sqlite(folder.resolve("parley.db")).getConnection();
                Statement statement = connection.createStatement()) {
            Schema.migrate(connection);
            statement.execute(sql);
            connection.commit();
        }
    }
}
