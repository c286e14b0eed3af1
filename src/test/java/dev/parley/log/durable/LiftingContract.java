package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.unwrap;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.get;
import static dev.parley.log.durable.Speaker.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.log.User;
import dev.parley.message.AuditEntry;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How bans and mutes end, and those of addresses that were made with them. */
abstract class LiftingContract {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final CallerId MALLORY = new CallerId(Caller.Kind.GUEST, "m1");
    private static final String NETWORK = "192.0.2.1";

    private final DatabaseContract database;
    private GroupCommitLog log;

    LiftingContract(DatabaseContract database) {
        this.database = database;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        log = database.openLog(folder);
        Speaker.into(log);
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
        return withAddress(action, MALLORY, 60L);
    }

    private static ModerationRequest withAddress(ModerationAction action, CallerId whom, Long seconds) {
        return new ModerationRequest(
                ANN, GARDEN, action, whom, new UserName("mallory"), List.of(NETWORK), null, seconds, null);
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
    void theBanOfAnAddressEndsWithTheBanOfItsUser() {
        get(log.moderate(withAddress(ModerationAction.BAN)));
        String address = Standings.addressKey(NETWORK);
        assertThat(get(log.standings(GARDEN)).byKey()).containsOnlyKeys(MALLORY.key(), address);
        StandingsChange lifted = get(log.moderate(request(ANN, ModerationAction.UNBAN, MALLORY, null)));
        assertThat(lifted.standings()).isEqualTo(Map.of(MALLORY.key(), Standing.NONE, address, Standing.NONE));
        assertThat(get(log.standings(GARDEN)).byKey()).isEmpty();
    }

    @Test
    void aNameLiftsWhatWasMadeUnderIt() {
        get(log.moderate(withAddress(ModerationAction.BAN)));
        ModerationRequest byName = request(ANN, ModerationAction.UNBAN, null, null);
        assertThat(get(log.moderate(byName)).standings()).hasSize(2);
        assertThat(get(log.standings(GARDEN)).byKey()).isEmpty();
        assertRefused(ErrorCode.NOT_FOUND, log.moderate(byName));
    }

    @Test
    void nobodyLiftsTheOwnMuteUnderTheNameOfThatTime() {
        get(log.moderate(request(BOB, ModerationAction.MUTE, ANN.id(), null)));
        ModerationRequest byName = request(ANN, ModerationAction.UNMUTE, null, null);
        assertRefused(ErrorCode.FORBIDDEN, log.moderate(byName));
        assertRefused(ErrorCode.FORBIDDEN, log.moderate(request(ANN, ModerationAction.UNMUTE, ANN.id(), null)));
        get(log.moderate(request(BOB, ModerationAction.MUTE, MALLORY, null)));
        assertThat(get(log.moderate(byName)).standings()).containsOnlyKeys(MALLORY.key());
        assertThat(standing(ANN.key()).mutedUntil()).isEqualTo(Standing.FOREVER);
        get(log.moderate(request(BOB, ModerationAction.UNMUTE, null, null)));
        assertThat(standing(ANN.key())).isEqualTo(Standing.NONE);
    }

    @Test
    void theBanOfAnAddressIsAsLongAsTheLongestOfItsUsers() {
        CallerId other = user("other").id();
        String address = Standings.addressKey(NETWORK);
        get(log.moderate(withAddress(ModerationAction.BAN, MALLORY, null)));
        StandingsChange shorter = get(log.moderate(withAddress(ModerationAction.BAN, other, 60L)));
        Instant far = Instant.now().plusSeconds(3600);
        assertThat(shorter.standings().get(address).bannedUntil()).isAfter(far);
        assertThat(standing(address).bannedUntil()).isAfter(far);
        get(log.moderate(withAddress(ModerationAction.MUTE, other, 60L)));
        assertThat(standing(address).bannedUntil()).isAfter(far);
        StandingsChange lifted = get(log.moderate(request(ANN, ModerationAction.UNBAN, MALLORY, null)));
        assertThat(lifted.standings().get(address).bannedUntil()).isBetween(Instant.now(), far);
        get(log.moderate(request(ANN, ModerationAction.UNBAN, other, null)));
        assertThat(standing(address).bannedUntil()).isNull();
        assertThat(standing(address).mutedUntil()).isNotNull();
    }

    @Test
    void aBanWithoutAnEndStaysSoAlthoughThatOfTheAddressLastsThirtyDays() {
        get(log.moderate(withAddress(ModerationAction.BAN, MALLORY, null)));
        assertThat(standing(MALLORY.key()).bannedUntil()).isEqualTo(Standing.FOREVER);
        Instant most = Instant.now().plusSeconds(Standings.MOST_OF_ADDRESS);
        assertThat(standing(Standings.addressKey(NETWORK)).bannedUntil()).isBetween(most.minusSeconds(60), most);
    }

    @Test
    void aBanByIdKeepsTheNameOfTheOneBefore() {
        get(log.moderate(request(ANN, ModerationAction.MUTE, MALLORY, null)));
        get(log.moderate(
                new ModerationRequest(ANN, GARDEN, ModerationAction.BAN, MALLORY, null, List.of(), null, null, null)));
        get(log.moderate(request(ANN, ModerationAction.UNBAN, null, null)));
        assertThat(standing(MALLORY.key()).bannedUntil()).isNull();
    }

    @Test
    void nothingToLiftIsNotFoundAndHasNoEntryOfTheAuditLog() {
        assertRefused(ErrorCode.NOT_FOUND, log.moderate(request(ANN, ModerationAction.UNBAN, MALLORY, null)));
        get(log.moderate(request(ANN, ModerationAction.BAN, MALLORY, null)));
        assertRefused(ErrorCode.NOT_FOUND, log.moderate(request(ANN, ModerationAction.UNMUTE, MALLORY, null)));
        assertRefused(ErrorCode.NOT_FOUND, log.moderate(request(ANN, ModerationAction.UNMUTE, null, null)));
        assertThat(get(log.audit(0, 10))).hasSize(1);
    }

    @Test
    void theAuditLogNamesEachUserThatANameLifts() {
        get(log.moderate(request(ANN, ModerationAction.BAN, MALLORY, null)));
        get(log.moderate(request(ANN, ModerationAction.BAN, BOB.id(), null)));
        get(log.moderate(request(ANN, ModerationAction.UNBAN, null, null)));
        assertThat(get(log.audit(2, 10)))
                .allMatch(entry -> entry.action() == ModerationAction.UNBAN)
                .extracting(AuditEntry::whom)
                .containsExactlyInAnyOrder(MALLORY, BOB.id());
    }
}
