package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.LogAssertions.assertUnavailable;
import static dev.parley.log.durable.LogAssertions.unwrap;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.ErasureScope;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when everything of a user, or of a room, is erased. */
abstract class ScopeErasureContract {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final ErasureScope OF_ANN = new ErasureScope.OfUser(ANN.id());
    private static final Body FILE = new Body.Attachment("x/y", "f.bin", ByteBuffer.allocate(1_000));

    private final DatabaseContract database;
    private GroupCommitLog log;
    private Speaker speaker;

    ScopeErasureContract(DatabaseContract database) {
        this.database = database;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        log = database.openLog(folder);
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Entry says(RoomName room, User from, String id, Body body) {
        return get(speaker.say(room, from, id, body));
    }

    @Test
    void theEntriesOfAUserLoseContentAndSenderInAllRoomsAndThoseOfOthersLoseNothing() {
        Entry text = speaker.says(ANN, "a", "hers");
        Entry his = speaker.says(BOB, "a", "his");
        Entry file = says(LOBBY, new User(ANN.key(), new UserName("annie")), null, FILE);
        Entry other = says(GARDEN, ANN, "b", FILE);
        assertThat(get(log.eraseAll(OF_ANN))).isEqualTo(3);
        assertThat(all(log, LOBBY)).containsExactly(text.withoutSender(), his, file.withoutSender());
        assertThat(all(log, GARDEN)).containsExactly(other.withoutSender());
        assertThat(text.withoutSender().from()).isEqualTo(Entry.NOBODY);
        assertThat(text.withoutSender().caller()).isEqualTo(CallerId.GUEST);
        assertThat(speaker.hints)
                .containsExactlyInAnyOrder(
                        new ServerMessage.Erased(LOBBY, 1, Entry.NOBODY, false),
                        new ServerMessage.Erased(LOBBY, 3, Entry.NOBODY, false),
                        new ServerMessage.Erased(GARDEN, 1, Entry.NOBODY, false));
        assertThat(get(log.eraseAll(OF_ANN))).isZero();
    }

    @Test
    void theReadMarksOfAUserGo() {
        speaker.says(BOB, null, "x");
        log.mark(LOBBY, ANN, 1);
        log.mark(LOBBY, BOB, 1);
        get(log.eraseAll(OF_ANN));
        assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(BOB.key(), 1L));
    }

    @Test
    void whatIsSentAgainIsNotStoredAgainAndWhatIsNewIs() {
        Entry first = speaker.says(ANN, "a", "hers");
        get(log.eraseAll(OF_ANN));
        assertThat(speaker.says(ANN, "a", "hers")).isEqualTo(first.withoutSender());
        Entry second = speaker.says(ANN, "b", "new");
        assertThat(second.seq()).isEqualTo(2);
        assertThat(second.caller()).isEqualTo(ANN.id());
        assertThat(get(log.eraseAll(OF_ANN))).isEqualTo(1);
        assertThat(speaker.says(ANN, "a", "hers")).isEqualTo(first.withoutSender());
        assertThat(speaker.says(ANN, "b", "new")).isEqualTo(second.withoutSender());
        assertThat(speaker.says(BOB, "a", "his").seq()).isEqualTo(3);
        assertThat(all(log, LOBBY)).extracting(Entry::erased).containsExactly(true, true, false);
    }

    @Test
    void theContentsOfARoomGoAndTheSendersStay() {
        Entry text = speaker.says(ANN, "a", "hers");
        Entry file = says(LOBBY, BOB, null, FILE);
        Entry other = says(GARDEN, ANN, "b", FILE);
        get(log.erase(LOBBY, 1));
        assertThat(get(log.eraseAll(new ErasureScope.OfRoom(LOBBY)))).isEqualTo(1);
        assertThat(all(log, LOBBY)).containsExactly(text.withoutContent(), file.withoutContent());
        assertThat(all(log, GARDEN)).containsExactly(other);
        Entry next = speaker.says(ANN, null, "next");
        assertThat(next.seq()).isEqualTo(3);
        assertThat(all(log, LOBBY).get(2)).isEqualTo(next);
        assertThat(speaker.hints)
                .containsExactly(new ServerMessage.Erased(LOBBY, 1), new ServerMessage.Erased(LOBBY, 2));
    }

    @Test
    void whereThereIsNothingNothingIsErased() {
        speaker.says(BOB, null, "x");
        assertThat(get(log.eraseAll(OF_ANN))).isZero();
        assertThat(get(log.eraseAll(new ErasureScope.OfRoom(GARDEN)))).isZero();
        assertThat(speaker.hints).isEmpty();
    }

    @Test
    void theApplicationAndGuestsAreErasedLikeUsersAndKindsAreToldApart() {
        User herald = new User("bean:ann", new UserName("ann"));
        User guest = new User("guest:ann", new UserName("ann-2"));
        Entry hers = speaker.says(ANN, null, "hers");
        Entry its = speaker.says(herald, null, "its");
        Entry theirs = speaker.says(guest, null, "theirs");
        get(log.eraseAll(new ErasureScope.OfUser(new CallerId(Caller.Kind.APPLICATION, "ann"))));
        assertThat(all(log, LOBBY)).containsExactly(hers, its.withoutSender(), theirs);
        get(log.eraseAll(new ErasureScope.OfUser(new CallerId(Caller.Kind.GUEST, "ann"))));
        assertThat(all(log, LOBBY)).containsExactly(hers, its.withoutSender(), theirs.withoutSender());
    }

    /** More than one step, and more than have hints of their own. */
    @Test
    void oneWhoSaidVeryMuchIsErasedWhileSheAndOthersSpeak() {
        List<CompletionStage<Entry>> said = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            said.add(speaker.say(LOBBY, ANN, "a" + i, "hers"));
            said.add(speaker.say(LOBBY, BOB, "b" + i, "his"));
        }
        said.forEach(Speaker::get);
        CompletionStage<Long> erased = log.eraseAll(OF_ANN);
        for (int i = 0; i < 200; i++) {
            speaker.says(ANN, "again" + i, "after");
        }
        assertThat(get(erased)).isBetween(2_500L, 2_700L);
        assertThat(all(log, LOBBY).subList(0, 5_000))
                .allSatisfy(entry ->
                        assertThat(entry.erased()).isEqualTo(!entry.caller().equals(BOB.id())));
        assertThat(speaker.hints).hasSize(1_000);
        assertThat(speaker.hints.subList(0, 999)).noneMatch(ServerMessage.Erased::older);
        assertThat(speaker.hints.get(999).older()).isTrue();
        assertThat(speaker.hints)
                .extracting(ServerMessage.Erased::seq)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    /** All of it is erased when the second stage ends, too. */
    @Test
    void whatIsErasedAgainMeanwhileEndsWithTheFirstErasure() {
        List<CompletionStage<Entry>> said = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            said.add(speaker.say(LOBBY, ANN, null, "hers"));
        }
        said.forEach(Speaker::get);
        CompletionStage<Long> first = log.eraseAll(OF_ANN);
        CompletionStage<Long> second = log.eraseAll(OF_ANN);
        assertThat(get(second)).isEqualTo(2_500);
        assertThat(get(first)).isEqualTo(2_500);
        assertThat(get(log.eraseAll(OF_ANN))).isZero();
    }

    @Test
    void severalJobsFollowEachOther() {
        for (int i = 0; i < 20; i++) {
            speaker.says(Speaker.user("u" + i), null, "x");
        }
        List<CompletionStage<Long>> erased = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            erased.add(
                    log.eraseAll(new ErasureScope.OfUser(Speaker.user("u" + i).id())));
        }
        assertThat(erased).allSatisfy(each -> assertThat(get(each)).isEqualTo(1));
        assertThat(all(log, LOBBY)).hasSize(20).allMatch(Entry::erased);
    }

    @Test
    void aLogThatIsClosedErasesNothing() {
        log.close();
        assertUnavailable(() -> unwrap(log.eraseAll(OF_ANN)));
    }
}
