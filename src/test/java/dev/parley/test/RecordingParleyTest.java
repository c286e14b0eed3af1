package dev.parley.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.History;
import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.message.AuditEntry;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What a unit test of an application sees of what that has sent and done. */
class RecordingParleyTest {
    private static final Caller ANN = RecordingParley.signedIn("ann", "staff");
    private static final Caller BOB = RecordingParley.guest("bob");

    private final RecordingParley parley = new RecordingParley();
    private final RoomHandle garden = parley.room("garden");

    @Test
    void whatIsSentIsThereInItsOrderUnderTheNameThatSentIt() {
        Entry first = get(garden.send("one"));
        get(parley.as("herald").room("garden").send("two"));
        garden.signal("a position");

        assertThat(first.seq()).isEqualTo(1);
        assertThat(texts(parley.sent("garden"))).containsExactly("one", "two");
        assertThat(parley.sent("garden").stream().map(Entry::from).map(UserName::value))
                .containsExactly("server", "herald");
        assertThat(parley.signals("garden")).containsExactly(new Body.Text("a position"));
        assertThat(parley.sent("another")).isEmpty();
    }

    @Test
    void whatIsSentForAUserComesFromThisUserAndIsWhatTheApplicationSent() {
        Entry note = get(parley.as(ANN).now().room("garden").send("a note"));
        parley.says(ANN, "garden", "hello");
        Principal principal = () -> "bob@example.com";
        Entry second = get(parley.as(principal).room("garden").send("m-1", new Body.Text("two")));

        assertThat(note.caller()).isEqualTo(new CallerId(Caller.Kind.USER, "ann"));
        assertThat(note.from()).isEqualTo(ANN.name());
        assertThat(second.caller()).isEqualTo(new CallerId(Caller.Kind.USER, "bob@example.com"));
        assertThat(second.from()).isEqualTo(new UserName("bob_example.com"));
        assertThat(parley.as(ANN).name()).isEqualTo(ANN.name());
        assertThat(texts(parley.sent("garden"))).containsExactly("a note", "two");
    }

    @Test
    void theApplicationSpeaksForNobodyWhoIsNotSignedInAndDoesTheRestItself() {
        for (Caller other : List.of(BOB, new Caller(Caller.Kind.APPLICATION, "server", new UserName("server")))) {
            assertThatThrownBy(() -> parley.as(other))
                    .isInstanceOfSatisfying(
                            ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.BAD_REQUEST));
        }
        assertThatThrownBy(() -> parley.as(ANN).principal("ann").send("to my inbox"))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.BAD_REQUEST));
        parley.as("herald").as(ANN).room("garden").slow(Duration.ofSeconds(1), null);
        assertThat(get(parley.audit(0, 10)).get(0).byName()).isEqualTo(new UserName("herald"));
    }

    @Test
    void aMessageThatIsSentAgainUnderItsIdIsThereOnce() {
        Entry first = get(garden.send("m-1", new Body.Text("one")));

        assertThat(get(garden.send("m-1", new Body.Text("again")))).isEqualTo(first);
        assertThat(get(parley.as("herald").room("garden").send("m-1", new Body.Text("another's")))
                        .seq())
                .isEqualTo(2);
    }

    @Test
    void whatUsersSayIsInTheRoomAndIsNotWhatTheApplicationSent() {
        Entry entry = parley.says(ANN, "garden", "hello");
        parley.says(BOB, "garden", new Body.Data("Cursor", "{\"x\":1}"));

        assertThat(entry.caller()).isEqualTo(new CallerId(Caller.Kind.USER, "ann"));
        assertThat(parley.entries("garden")).hasSize(2);
        assertThat(parley.sent("garden")).isEmpty();
    }

    @Test
    void observersGetEachEntryOnTheThreadThatSends() {
        List<String> heard = new ArrayList<>();
        parley.observe(entry -> heard.add(entry.from() + " " + Thread.currentThread()));

        garden.send("one");
        parley.says(ANN, "garden", "two");

        assertThat(heard).containsExactly("server " + Thread.currentThread(), "ann " + Thread.currentThread());
    }

    @Test
    void anObserverMaySend() {
        parley.observe(entry -> {
            if (entry.caller().kind() == Caller.Kind.USER) {
                garden.send("answer to " + entry.seq());
            }
        });
        parley.says(ANN, "garden", "question");

        assertThat(texts(parley.sent("garden"))).containsExactly("answer to 1");
    }

    @Test
    void aDraftIsWhatObserversMakeOfIt() {
        RecordedDraft draft = parley.draft(ANN, "garden", "my number is 7");
        assertThat(draft.caller().hasRole("staff")).isTrue();
        draft.replace("my number is *");
        assertThat(draft.body()).isEqualTo(new Body.Text("my number is *"));
        assertThat(draft.refusal()).isEmpty();
        draft.refuse("Please be kind.");
        assertThat(draft.refusal()).contains("Please be kind.");
        assertThat(parley.entries("garden")).isEmpty();
    }

    @Test
    void historyIsReadAsFromTheLog() {
        for (int i = 1; i <= 5; i++) {
            garden.send("m" + i);
        }
        assertThat(get(garden.position())).isEqualTo(5);
        assertPage(garden.newest(2), true, "m4", "m5");
        assertPage(garden.before(3, 10), false, "m1", "m2");
        assertPage(garden.after(1, 2), true, "m2", "m3");
        assertThatThrownBy(() -> garden.newest(0)).isInstanceOf(ParleyException.class);
    }

    @Test
    void whatIsErasedHasNoContent() {
        garden.send("secret");
        parley.says(ANN, "garden", "hers");

        assertThat(get(garden.erase(1, "a mistake"))).isTrue();
        assertThat(get(garden.erase(9))).isFalse();
        assertThat(get(parley.caller(new CallerId(Caller.Kind.USER, "ann")).erase()))
                .isEqualTo(1);

        assertThat(parley.entries("garden")).allMatch(Entry::erased);
        assertThat(parley.entries("garden").get(1).from()).isEqualTo(Entry.NOBODY);
        assertThat(get(garden.eraseAll())).isZero();
    }

    @Test
    void eachActionOfAModeratorIsInTheAuditLog() {
        parley.says(BOB, "garden", "spam");
        parley.as("herald").room("garden").ban(Target.authorOf(1), Duration.ofHours(1), false, "spam");
        parley.user("bob").ban(null, false, null);

        List<AuditEntry> actions = get(parley.audit(0, 10));
        assertThat(actions).extracting(AuditEntry::action).containsOnly(ModerationAction.BAN);
        AuditEntry ban = actions.get(0);
        assertThat(ban.byName()).isEqualTo(new UserName("herald"));
        assertThat(ban.whom()).isEqualTo(new CallerId(Caller.Kind.GUEST, BOB.getName()));
        assertThat(ban.name()).isEqualTo(BOB.name());
        assertThat(ban.seconds()).isEqualTo(3_600);
        assertThat(actions.get(1).room()).isNull();
        assertThat(get(parley.audit(1, 10))).hasSize(1);
    }

    @Test
    void rolesAreThoseThatWereGiven() {
        CallerId ann = new CallerId(Caller.Kind.USER, "ann");
        CallerId carl = new CallerId(Caller.Kind.USER, "carl");
        garden.create(ann, true);
        garden.invite(Target.caller(carl), null);
        garden.invite(Target.caller(ann), null);
        assertThat(get(garden.roles())).isEqualTo(Map.of(ann, Role.OWNER, carl, Role.MEMBER));
        garden.appoint(Target.caller(carl), Role.MODERATOR, null);
        garden.dismiss(Target.caller(ann), null);
        assertThat(get(garden.roles())).isEqualTo(Map.of(carl, Role.MODERATOR));
    }

    @Test
    void usersAreWhereTheTestPutsThem() {
        parley.joins(ANN, "garden");
        parley.joins(BOB, "garden");
        parley.connects(ANN);

        assertThat(get(garden.members())).containsExactly(ANN.name(), BOB.name());
        assertThat(get(garden.callers())).containsEntry(ANN.name(), new CallerId(Caller.Kind.USER, "ann"));
        assertThat(parley.users()).containsExactlyInAnyOrder(ANN.name(), BOB.name());
        assertThat(parley.user("ann").connections()).hasSize(2);
        assertThat(parley.user("ann").disconnect("bye")).isEqualTo(2);
        assertThat(get(garden.members())).containsExactly(BOB.name());
        parley.user("bob").disconnect("bye");
        assertThat(parley.rooms()).isEmpty();
    }

    @Test
    void aTestSeesWhoIsAskedForAgain() {
        garden.recheck();
        parley.user("ann").recheck();
        assertThat(parley.rechecks()).containsExactly("garden", "ann");
    }

    @Test
    void stagesFailAsTheTestSays() {
        ParleyException why = new ParleyException(ErrorCode.UNAVAILABLE, "the disk is full");
        parley.failWith(why);
        assertThat(garden.send("lost").toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(why);
        parley.failWith(null);
        assertThat(get(garden.send("kept")).seq()).isEqualTo(1);
    }

    @Test
    void namesThatTheServerRefusesAreRefused() {
        for (Runnable call : List.<Runnable>of(
                () -> parley.room("no room"),
                () -> parley.as("no\u0007name"),
                () -> garden.send(""),
                () -> garden.send("", new Body.Text("a")),
                () -> parley.caller(CallerId.GUEST),
                () -> parley.audit(0, 0))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.BAD_REQUEST));
        }
    }

    @Test
    void itIsNothingElseThanAParley() {
        Parley other = parley.as("herald");
        other.room("garden").send("hello");
        assertThat(other.name()).isEqualTo(new UserName("herald"));
        assertThat(parley.entries("garden")).hasSize(1);
    }

    private static void assertPage(CompletionStage<History> page, boolean more, String... texts) {
        assertThat(texts(get(page).entries())).containsExactly(texts);
        assertThat(get(page).more()).isEqualTo(more);
    }

    private static List<String> texts(List<Entry> entries) {
        return entries.stream().map(entry -> ((Body.Text) entry.body()).value()).toList();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
