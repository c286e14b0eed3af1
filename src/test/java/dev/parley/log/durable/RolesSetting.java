package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.unwrap;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingListener;
import dev.parley.log.StandingsChange;
import dev.parley.log.User;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log with users who make the room {@code garden} and give roles in it. */
abstract class RolesSetting {
    static final RoomName GARDEN = new RoomName("garden");
    static final User SERVER = new User(User.beanKey(new UserName("server")), new UserName("server"));
    static final User ANN = user("ann");
    static final User BOB = user("bob");
    static final User CLEO = user("cleo");

    private final DatabaseContract database;
    GroupCommitLog log;
    Speaker speaker;

    RolesSetting(DatabaseContract database) {
        this.database = database;
    }

    private static User user(String id) {
        return new User(User.userKey(id), new UserName(id));
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        log = database.openLog(folder, StandingListener.NONE);
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    CompletionStage<StandingsChange> creates(User by, boolean closed) {
        return log.moderate(ModerationRequest.create(by, GARDEN, by.id(), by.name(), closed));
    }

    CompletionStage<StandingsChange> invites(User by, User whom) {
        return log.moderate(ModerationRequest.ofRole(
                by, GARDEN, ModerationAction.INVITE, whom.id(), whom.name(), Role.MEMBER, null));
    }

    CompletionStage<StandingsChange> appoints(User by, User whom, Role role) {
        return log.moderate(
                ModerationRequest.ofRole(by, GARDEN, ModerationAction.APPOINT, whom.id(), null, role, null));
    }

    CompletionStage<StandingsChange> dismisses(User by, User whom) {
        return log.moderate(
                ModerationRequest.ofRole(by, GARDEN, ModerationAction.DISMISS, whom.id(), null, null, "why"));
    }

    CompletionStage<StandingsChange> acts(User by, ModerationAction action) {
        return log.moderate(ModerationRequest.ofRoom(by, GARDEN, action, null, null));
    }

    static void assertRefused(ErrorCode code, CompletionStage<?> stage) {
        assertThatThrownBy(() -> unwrap(stage))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(code));
    }

    Role role(User of) {
        return get(log.standings(GARDEN))
                .byKey()
                .getOrDefault(of.key(), Standing.NONE)
                .role();
    }
}
