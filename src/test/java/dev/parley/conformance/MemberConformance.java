package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rooms with owners and members: who may do what in which room, on a server with {@code parley.access=members}. */
@Timeout(120)
interface MemberConformance extends Place {
    String SECRET = "a secret of more than thirty-two bytes";

    /** A signed-in user. */
    default Person user(String id) {
        return person(Map.of("token", token(id, Map.of())));
    }

    private static String token(String id, Map<String, ?> claims) {
        return new Mint(SECRET, null, null).token(id, id, Duration.ofMinutes(5), claims);
    }

    default String id(String name) {
        return name + "-" + UUID.randomUUID();
    }

    /** Somebody whose token speaks of rooms, so that no role is needed. */
    default Person inspector() {
        Map<String, ?> everything = Mint.rooms(Map.of("*", List.of("all", "moderate")));
        return person(Map.of("token", token(id("inspector"), everything)));
    }

    static void creates(Person owner, String room, boolean closed) {
        JsonObject made = owner.asks("create", Map.of("room", room, "closed", closed));
        assertThat(made.getString("type")).isEqualTo("moderated");
        assertThat(made.getString("action")).isEqualTo("create");
    }

    private static void moderates(Person moderator, String room, String action, Map<String, ?> more) {
        ModerationConformance.moderates(moderator, room, action, more);
    }

    private static String isRefused(Person moderator, String room, String action, Map<String, ?> more) {
        return ModerationConformance.isRefused(moderator, room, action, more);
    }

    private static Map<String, ?> whom(String id) {
        return Map.of("callerId", id);
    }

    private static void assertIsShutOut(Person person, String room) {
        for (JsonObject refusal : List.of(
                person.answerTo("join", Map.of("room", room)),
                person.answerTo("join", Map.of("room", room, "since", 0)),
                person.answerTo("history", Map.of("room", room)),
                person.answerTo("say", Map.of("room", room, "text", "let me in")))) {
            assertThat(refusal.getString("code", "none")).isIn("forbidden", "notMember");
        }
    }

    // Who may do what.

    /** The kinds of callers, each with what it may do in a room that is open, closed, or not made. */
    private void assertMatrix(boolean made, boolean closed) {
        String memberId = id("member");
        String moderatorId = id("moderator");
        Person owner = user(id("owner"));
        Person moderator = user(moderatorId);
        Person member = user(memberId);
        Person stranger = user(id("stranger"));
        Person guest = person("guest");
        List<Person> callers = List.of(owner, moderator, member, stranger, guest);
        for (Person caller : callers) {
            String room = room();
            if (made) {
                creates(owner, room, closed);
                moderates(owner, room, "invite", whom(memberId));
                moderates(owner, room, "appoint", Map.of("callerId", moderatorId, "role", "moderator"));
            }
            EnumSet<AccessMatrix.Act> may = EnumSet.noneOf(AccessMatrix.Act.class);
            if (made && (caller == owner || caller == moderator)) {
                may.addAll(AccessMatrix.ALL);
            } else if (made && (caller == member || !closed && caller == stranger)) {
                may.addAll(AccessMatrix.TALK);
            }
            AccessMatrix.assertMay(caller, inspector(), room, may);
        }
    }

    @Test
    default void whatEachMayDoInAnOpenRoom() {
        assertMatrix(true, false);
    }

    @Test
    default void whatEachMayDoInAClosedRoom() {
        assertMatrix(true, true);
    }

    @Test
    default void whatEachMayDoInARoomThatNobodyHasMade() {
        assertMatrix(false, false);
    }

    @Test
    default void directRoomsGoOn() {
        String annsId = id("ann");
        String bobsId = id("bob");
        Person ann = user(annsId);
        Person bob = user(bobsId);
        ann.joins("@" + bobsId);
        ann.says("@" + bobsId, "between us");
        assertThat(bob.awaits("invited").getString("room")).isEqualTo("@" + annsId);
        assertThat(Messages.texts(Messages.entries(bob.joins("@" + annsId)))).containsExactly("between us");
        assertThat(ann.isRefused("create", Map.of("room", "@" + bobsId))).isEqualTo("forbidden");
    }

    // Rooms are made.

    @Test
    default void aRoomIsMadeOnceAndOnlyByAUser() {
        Person ann = user(id("ann"));
        Person bob = user(id("bob"));
        String room = room();
        assertThat(person("guest").isRefused("create", Map.of("room", room))).isEqualTo("forbidden");
        assertThat(inspector().isRefused("create", Map.of("room", room))).isEqualTo("forbidden");
        creates(ann, room, true);
        creates(ann, room, true);
        assertThat(ann.isRefused("create", Map.of("room", room))).isEqualTo("forbidden");
        assertThat(bob.isRefused("create", Map.of("room", room))).isEqualTo("forbidden");
        assertIsShutOut(bob, room);
        String old = room();
        Person inspector = inspector();
        inspector.joins(old);
        inspector.says(old, "older than any owner");
        assertThat(ann.isRefused("create", Map.of("room", old))).isEqualTo("forbidden");
        assertIsShutOut(ann, old);
    }

    /** An answer without a mark, so that both are alike. */
    private static String answer(Person person, String type, String room) {
        person.sends(type, Map.of("room", room));
        return person.awaits("error").toString().replace(room, "…");
    }

    @Test
    default void nobodyLearnsWhichClosedRoomsThereAre() {
        String closed = room();
        creates(user(id("ann")), closed, true);
        String none = room();
        for (Person each : List.of(user(id("bob")), person("guest"))) {
            for (String type : List.of("join", "history")) {
                assertThat(answer(each, type, closed)).contains("forbidden").isEqualTo(answer(each, type, none));
            }
            JsonObject toClosed = each.answerTo("moderate", Map.of("room", closed, "action", "slow", "seconds", 1));
            JsonObject toNone = each.answerTo("moderate", Map.of("room", none, "action", "slow", "seconds", 1));
            assertThat(toClosed.getString("message").replace(closed, "…"))
                    .isEqualTo(toNone.getString("message").replace(none, "…"));
        }
    }

    /** They have asked before, and the answers were good for an hour. */
    @Test
    default void aRoomThatIsMadeIsThereForThoseWhoAskedBefore() {
        String room = room();
        Person bob = user(id("bob"));
        assertIsShutOut(bob, room);
        Person ann = user(id("ann"));
        creates(ann, room, false);
        bob.joins(room);
        bob.says(room, "here I am");
        ann.joins(room);
    }

    // Invitations.

    @Test
    default void anInvitedUserIsToldOnAllConnectionsAndWhenItComesLater() {
        String room = room();
        String bobsId = id("bob");
        Person ann = user(id("ann"));
        creates(ann, room, true);
        Person bob = user(bobsId);
        Person tablet = user(bobsId);
        assertIsShutOut(bob, room);
        moderates(ann, room, "invite", whom(bobsId));
        for (Person each : List.of(bob, tablet, user(bobsId))) {
            JsonObject invited = each.awaits("invited");
            assertThat(invited.getString("room")).isEqualTo(room);
            assertThat(invited.getString("from")).isEqualTo(ann.name());
            assertThat(invited.getJsonObject("caller").getString("kind")).isEqualTo("user");
            assertThat(invited.getInt("seq")).isZero();
        }
        ann.joins(room);
        ann.says(room, "welcome");
        bob.joins(room);
        bob.says(room, "thank you");
        bob.sends("read", Map.of("room", room, "seq", 2));
        assertThat(ann.awaits(
                                "a mark of bob",
                                message -> Messages.is(message, "read")
                                        && bob.name().equals(message.getString("user")))
                        .getInt("seq"))
                .isEqualTo(2);
        Person back = user(bobsId);
        back.awaitsBeat();
        assertThat(back.hasHeard()).noneMatch(message -> Messages.is(message, "invited"));
        back.joins(room);
    }

    @Test
    default void whoIsInvitedAgainKeepsItsRoleAndHearsNothing() {
        String room = room();
        String bobsId = id("bob");
        Person ann = user(id("ann"));
        creates(ann, room, true);
        moderates(ann, room, "appoint", Map.of("callerId", bobsId, "role", "moderator"));
        Person bob = user(bobsId);
        bob.awaits("invited");
        moderates(ann, room, "invite", whom(bobsId));
        bob.awaitsBeat();
        assertThat(bob.hasHeard()).noneMatch(message -> Messages.is(message, "invited"));
        moderates(bob, room, "slow", Map.of("seconds", 0));
        moderates(ann, room, "appoint", Map.of("callerId", bobsId, "role", "member"));
        bob.awaitsBeat();
        assertThat(bob.hasHeard()).noneMatch(message -> Messages.is(message, "invited"));
    }

    // Roles that are taken away.

    @Test
    default void whoIsDismissedIsPutOutAtOnceOnAllConnections() {
        String room = room();
        String bobsId = id("bob");
        Person ann = user(id("ann"));
        creates(ann, room, true);
        ann.joins(room);
        moderates(ann, room, "invite", whom(bobsId));
        Person bob = user(bobsId);
        String epoch = bob.joins(room).getString("epoch");
        Person tablet = user(bobsId);
        tablet.joins(room);
        moderates(ann, room, "dismiss", Map.of("callerId", bobsId, "reason", "the end"));
        ann.says(room, "among us");
        for (Person each : List.of(bob, tablet)) {
            assertThat(each.awaits("left").getString("reason"))
                    .isEqualTo("you are no longer a member of the room " + room + ": the end");
            assertIsShutOut(each, room);
            assertThat(each.isRefused("join", Map.of("room", room, "since", 0, "epoch", epoch)))
                    .isEqualTo("forbidden");
            assertThat(each.hasHeard()).noneMatch(message -> message.toString().contains("among us"));
        }
        ann.seesOnline(bob.name(), false);
        moderates(ann, room, "invite", whom(bobsId));
        assertThat(Messages.texts(Messages.entries(bob.joins(room)))).containsExactly("among us");
    }

    /** Some joins are answered before the role is taken away, others wait. */
    @Test
    default void aDismissalDuringAJoinLeavesNobodyInTheRoom() {
        String bobsId = id("bob");
        Person ann = user(id("ann"));
        Person bob = user(bobsId);
        for (int i = 0; i < 20; i++) {
            String room = room();
            creates(ann, room, true);
            moderates(ann, room, "invite", whom(bobsId));
            bob.sends("join", Map.of("room", room));
            bob.sends("history", Map.of("room", room));
            moderates(ann, room, "dismiss", whom(bobsId));
            ann.joins(room);
            ann.says(room, "among us");
            assertIsShutOut(bob, room);
            assertThat(ann.joins(room).getJsonArray("members")).hasSize(1);
        }
        bob.awaitsBeat();
        assertThat(bob.hasHeard()).noneMatch(message -> message.toString().contains("among us"));
    }

    @Test
    default void whoWasDismissedComesBackWhenTheRoomIsOpen() {
        String room = room();
        String annsId = id("ann");
        String bobsId = id("bob");
        Person ann = user(annsId);
        creates(ann, room, true);
        Person bob = user(bobsId);
        assertIsShutOut(bob, room);
        moderates(ann, room, "invite", whom(bobsId));
        bob.joins(room);
        moderates(ann, room, "appoint", Map.of("callerId", bobsId, "role", "moderator"));
        moderates(ann, room, "dismiss", whom(bobsId));
        bob.awaits("left");
        assertThat(isRefused(ann, room, "dismiss", whom(annsId))).isEqualTo("forbidden");
        moderates(ann, room, "open", Map.of());
        bob.joins(room);
        bob.says(room, "as everybody may");
        moderates(ann, room, "close", Map.of());
        bob.awaits("left");
    }

    @Test
    default void aMemberGivesUpItsRole() {
        String room = room();
        String bobsId = id("bob");
        Person ann = user(id("ann"));
        creates(ann, room, true);
        moderates(ann, room, "invite", whom(bobsId));
        Person bob = user(bobsId);
        bob.joins(room);
        assertThat(isRefused(bob, room, "dismiss", whom(id("cleo")))).isEqualTo("forbidden");
        moderates(bob, room, "dismiss", whom(bobsId));
        bob.awaits("left");
        assertIsShutOut(bob, room);
    }

    @Test
    default void ownersDoWhatModeratorsMayNotAndTheLastOneStays() {
        String room = room();
        String annsId = id("ann");
        String bobsId = id("bob");
        String cleosId = id("cleo");
        Person ann = user(annsId);
        creates(ann, room, false);
        Person bob = user(bobsId);
        bob.joins(room);
        moderates(ann, room, "appoint", Map.of("user", bob.name(), "role", "moderator"));
        assertThat(bob.awaits("granted").getJsonArray("may").toString()).contains("moderate");
        moderates(bob, room, "invite", whom(cleosId));
        assertThat(List.of(
                        isRefused(bob, room, "appoint", Map.of("callerId", cleosId, "role", "owner")),
                        isRefused(bob, room, "dismiss", whom(annsId)),
                        isRefused(bob, room, "close", Map.of()),
                        isRefused(bob, room, "open", Map.of()),
                        isRefused(ann, room, "dismiss", whom(annsId)),
                        isRefused(ann, room, "appoint", Map.of("callerId", annsId, "role", "member"))))
                .containsOnly("forbidden");
        moderates(bob, room, "dismiss", whom(cleosId));
        moderates(ann, room, "appoint", Map.of("callerId", bobsId, "role", "owner"));
        assertThat(isRefused(bob, room, "dismiss", whom(annsId))).isEqualTo("forbidden");
        moderates(ann, room, "dismiss", whom(annsId));
        assertThat(isRefused(ann, room, "close", Map.of())).isEqualTo("forbidden");
        moderates(bob, room, "close", Map.of());
        assertIsShutOut(ann, room);
    }

    @Test
    default void aRoomThatIsClosedKeepsItsMembersAndOpensAgain() {
        String room = room();
        String bobsId = id("bob");
        Person ann = user(id("ann"));
        creates(ann, room, false);
        Person bob = user(bobsId);
        bob.joins(room);
        Person cleo = user(id("cleo"));
        cleo.joins(room);
        moderates(ann, room, "invite", Map.of("user", bob.name()));
        moderates(ann, room, "close", Map.of("reason", "a meeting"));
        assertThat(cleo.awaits("left").getString("reason"))
                .isEqualTo("the room " + room + " is closed now, and you are not a member: a meeting");
        assertIsShutOut(cleo, room);
        bob.says(room, "among us");
        assertThat(cleo.hasHeard()).noneMatch(message -> message.toString().contains("among us"));
        moderates(ann, room, "open", Map.of());
        cleo.joins(room);
        cleo.says(room, "here again");
        bob.hears("here again");
        assertThat(bob.hasHeard()).noneMatch(message -> Messages.is(message, "invited"));
    }

    @Test
    default void whatHasNoMeaningIsRejected() {
        String room = room();
        Person ann = user(id("ann"));
        creates(ann, room, false);
        Map<String, ?> bob = whom("bob");
        assertThat(List.of(
                        isRefused(ann, room, "create", Map.of()),
                        isRefused(ann, room, "invite", Map.of()),
                        isRefused(ann, room, "invite", Map.of("callerId", "bob", "role", "owner")),
                        isRefused(ann, room, "appoint", bob),
                        isRefused(ann, room, "appoint", Map.of("callerId", "bob", "role", "king")),
                        isRefused(ann, room, "dismiss", Map.of("callerId", "bob", "seconds", 1)),
                        isRefused(ann, room, "close", bob)))
                .containsOnly("badRequest");
        assertThat(isRefused(ann, room, "dismiss", bob)).isEqualTo("notFound");
        assertThat(isRefused(ann, room, "invite", Map.of("user", "nobody-here")))
                .isEqualTo("notFound");
        assertThat(ann.isRefused("create", Map.of())).isEqualTo("badRequest");
    }
}
