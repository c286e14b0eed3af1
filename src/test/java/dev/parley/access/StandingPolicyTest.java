package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Caller;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.RoomPattern;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import dev.parley.message.TokenRooms;
import dev.parley.message.UserName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StandingPolicyTest {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final RoomName CELLAR = new RoomName("cellar");
    private static final Caller ANN = new Caller(Caller.Kind.USER, "ann", new UserName("ann"));
    private static final Caller GUEST = new Caller(Caller.Kind.GUEST, "s1", new UserName("guest"));
    private static final String GUEST_KEY = "guest:s1";
    private static final String ANN_KEY = "user:ann";
    private static final String NETWORK = "192.0.2.1";
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    /** What a log would have, and how often it was read. */
    private final Map<RoomName, Standings> stored = new HashMap<>();

    private final List<RoomName> reads = new ArrayList<>();
    private final StandingCache standings = new StandingCache(this::read);
    private final StandingPolicy policy = policy(Access.OPEN);

    private CompletionStage<Standings> read(RoomName room) {
        reads.add(room);
        return CompletableFuture.completedStage(stored.getOrDefault(room, Standings.NONE));
    }

    private StandingPolicy policy(AccessPolicy chosen) {
        return new StandingPolicy(chosen, standings, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void store(RoomName room, String key, Standing standing) {
        stored.put(room, new Standings(Map.of(key, standing), 0, false));
        standings.changed(room, Map.of(key, standing), 0, false);
    }

    private static Standing banned(long seconds) {
        return Standing.NONE.bannedUntil(NOW.plusSeconds(seconds));
    }

    private static Standing muted(long seconds) {
        return Standing.NONE.mutedUntil(NOW.plusSeconds(seconds));
    }

    private static Grant grant(AccessPolicy of, Caller caller, RoomName room) {
        Grant always = of.always(caller);
        return always != null ? always : of.decide(caller, room).join();
    }

    @Nested
    class Contract extends PolicyContract {
        @Override
        protected AccessPolicy policy() {
            standings.start(Set.of(GARDEN, CELLAR), Standings.NONE);
            return StandingPolicyTest.this.policy;
        }
    }

    @Test
    void withoutAnyStandingNothingIsReadAndTheOtherPolicyDecidesAlone() {
        standings.start(Set.of(), Standings.NONE);
        assertThat(policy.always(ANN)).isEqualTo(Grant.all());
        assertThat(policy.decide(ANN, GARDEN).join().permissions())
                .isEqualTo(Grant.all().permissions());
        assertThat(policy.from(NETWORK).always(GUEST)).isEqualTo(Grant.all());
        assertThat(policy.refusal(GUEST)).isNull();
        assertThat(reads).isEmpty();
    }

    @Test
    void aRoomIsReadOnce() {
        standings.start(Set.of(GARDEN, CELLAR), Standings.NONE);
        assertThat(policy.always(ANN)).isNull();
        for (int i = 0; i < 3; i++) {
            assertThat(grant(policy, ANN, GARDEN).permissions())
                    .isEqualTo(Grant.all().permissions());
        }
        assertThat(reads).containsExactly(GARDEN);
    }

    @Test
    void aBanTakesEverythingWithASentenceAndAnEnd() {
        store(GARDEN, GUEST_KEY, banned(600));
        Grant grant = grant(policy, GUEST, GARDEN);
        assertThat(grant.permissions()).isEmpty();
        assertThat(grant.timeToLive()).isEqualTo(Duration.ofSeconds(600));
        assertThat(grant.reason()).isEqualTo("you are banned from the room garden until 2026-11-27 12:10:00 UTC");
        assertThat(grant(policy, GUEST, CELLAR).allows(Permission.SAY)).isTrue();
        assertThat(grant(policy, ANN, GARDEN).allows(Permission.SAY)).isTrue();
    }

    @Test
    void aBanWithoutAnEndHasASentenceWithoutOne() {
        store(GARDEN, GUEST_KEY, Standing.NONE.bannedUntil(Standing.FOREVER));
        assertThat(grant(policy, GUEST, GARDEN))
                .isEqualTo(Grant.none().goodFor(Grant.MOST).because("you are banned from the room garden"));
    }

    @Test
    void aBanThatHasEndedTakesNothing() {
        store(GARDEN, GUEST_KEY, banned(0));
        assertThat(grant(policy, GUEST, GARDEN).permissions())
                .isEqualTo(Grant.all().permissions());
    }

    @Test
    void aMuteTakesSayingAttachingAndSignalling() {
        store(GARDEN, GUEST_KEY, muted(5));
        Grant grant = grant(policy, GUEST, GARDEN);
        assertThat(grant.permissions()).containsExactly(Permission.READ);
        assertThat(grant.timeToLive()).isEqualTo(Duration.ofSeconds(5));
        assertThat(grant.reason()).startsWith("you are muted in the room garden until ");
    }

    @Test
    void theAddressCountsForEverybodyButThoseWhoModerate() {
        String address = Standings.addressKey(NETWORK);
        store(GARDEN, address, banned(60));
        AccessPolicy there = policy.from(NETWORK);
        assertThat(grant(there, GUEST, GARDEN).permissions()).isEmpty();
        assertThat(grant(there, ANN, GARDEN).permissions()).isEmpty();
        assertThat(grant(policy.from("192.0.2.2"), GUEST, GARDEN).permissions()).isNotEmpty();
        assertThat(grant(policy.from(""), GUEST, GARDEN).permissions()).isNotEmpty();
        store(GARDEN, ANN_KEY, Standing.NONE.withRole(Role.MODERATOR));
        assertThat(grant(there, ANN, GARDEN).allows(Permission.MODERATE)).isTrue();
    }

    /** A claim, a rule or a bean gives it. */
    @Test
    void theAddressDoesNotCountForWhomThePolicyLetsModerate() {
        store(GARDEN, Standings.addressKey(NETWORK), banned(60).mutedUntil(NOW.plusSeconds(90)));
        Grant moderate = Grant.of(Set.of(Permission.READ, Permission.SAY, Permission.MODERATE));
        TokenRooms rooms = new TokenRooms(Map.of(new RoomPattern("garden"), moderate));
        AccessPolicy there = policy(new ClaimedAccess(Access.OPEN)).from(NETWORK);
        assertThat(grant(there, ANN.with(Set.of(), rooms), GARDEN).permissions())
                .isEqualTo(moderate.permissions());
        TokenRooms others = new TokenRooms(Map.of(new RoomPattern("garden"), Grant.all()));
        Grant shutOut = grant(there, ANN.with(Set.of(), others), GARDEN);
        assertThat(shutOut.permissions()).isEmpty();
        assertThat(shutOut.timeToLive()).isEqualTo(Duration.ofSeconds(60));

        store(GARDEN, ANN_KEY, banned(60));
        assertThat(grant(there, ANN.with(Set.of(), rooms), GARDEN).permissions())
                .isEmpty();
    }

    /** Otherwise a stranger behind the address would learn that there is such a room. */
    @Test
    void whoMayNotReadIsNotToldOfTheBanOfTheAddress() {
        store(GARDEN, Standings.addressKey(NETWORK), banned(60));
        AccessPolicy there = policy(new MemberAccess(standings)).from(NETWORK);
        assertThat(grant(there, ANN, GARDEN).reason())
                .isEqualTo(grant(there, ANN, CELLAR).reason().replace("cellar", "garden"));
    }

    /** The policy may give moderate sooner than the ban ends. */
    @Test
    void anAnswerForABannedAddressIsNotValidForLongerThanThatOfThePolicy() {
        store(GARDEN, Standings.addressKey(NETWORK), banned(600));
        List<CompletableFuture<Grant>> asked = new ArrayList<>();
        CompletableFuture<Grant> answer = policy(new Asked(asked)).from(NETWORK).decide(GUEST, GARDEN);
        asked.get(0).complete(Grant.all().goodFor(Duration.ofSeconds(5)));
        assertThat(answer.join().permissions()).isEmpty();
        assertThat(answer.join().timeToLive()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aRoleGivesModerateAndNothingElse() {
        store(GARDEN, GUEST_KEY, Standing.NONE.withRole(Role.OWNER));
        store(CELLAR, GUEST_KEY, Standing.NONE.withRole(Role.MEMBER));
        assertThat(grant(policy, GUEST, GARDEN).permissions())
                .containsExactlyInAnyOrder(Permission.READ, Permission.SAY, Permission.ATTACH, Permission.MODERATE);
        assertThat(grant(policy, GUEST, CELLAR).permissions())
                .isEqualTo(Grant.all().permissions());
        assertThat(grant(policy(Access.USERS), GUEST, GARDEN).permissions()).isEmpty();
    }

    @Test
    void aBanComesBeforeTheRoleAndBeforeTheClaimOfAToken() {
        store(GARDEN, ANN_KEY, banned(60).withRole(Role.OWNER));
        Caller claiming = ANN.with(Set.of(), new TokenRooms(Map.of(new RoomPattern("*"), Grant.all())));
        assertThat(grant(policy(new ClaimedAccess(Access.OPEN)), claiming, GARDEN)
                        .permissions())
                .isEmpty();
    }

    @Test
    void aBanFromTheServerHoldsInEveryRoom() {
        standings.changed(null, Map.of(GUEST_KEY, banned(60)), 0, false);
        assertThat(policy.refusal(GUEST)).startsWith("you are banned from this server until ");
        assertThat(policy.refusal(ANN)).isNull();
        assertThat(grant(policy, GUEST, GARDEN).permissions()).isEmpty();
        standings.changed(null, Map.of(GUEST_KEY, Standing.NONE), 0, false);
        assertThat(policy.refusal(GUEST)).isNull();
    }

    @Test
    void aSlowRoomIsSlowForAllButThoseWhoModerate() {
        standings.changed(GARDEN, Map.of(), 30, false);
        stored.put(GARDEN, new Standings(Map.of(ANN_KEY, Standing.NONE.withRole(Role.OWNER)), 30, false));
        assertThat(grant(policy, GUEST, GARDEN).slow()).isEqualTo(Duration.ofSeconds(30));
        assertThat(grant(policy, ANN, GARDEN).slow()).isZero();
        assertThat(grant(policy, GUEST, CELLAR).slow()).isZero();
    }

    @Test
    void theOtherPolicyIsNotAskedAboutWhoIsBannedAndLearnsThatAnAnswerIsNotNeeded() {
        List<CompletableFuture<Grant>> asked = new ArrayList<>();
        StandingPolicy asking = policy(new Asked(asked));
        store(GARDEN, GUEST_KEY, banned(60));
        assertThat(asking.decide(GUEST, GARDEN).join().permissions()).isEmpty();
        assertThat(asked).isEmpty();
        asking.decide(ANN, GARDEN).cancel(false);
        assertThat(asked.get(0)).isCancelled();
        asking.decide(ANN, GARDEN).completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, "late"));
        assertThat(asked.get(1)).isCompletedExceptionally();
    }

    /** The room was read just before the ban, and its answer comes just after. */
    @Test
    void aRoomThatIsBeingReadDuringAChangeIsReadAgain() {
        CompletableFuture<Standings> first = new CompletableFuture<>();
        List<CompletableFuture<Standings>> answers = new ArrayList<>(List.of(
                first, CompletableFuture.completedFuture(new Standings(Map.of(GUEST_KEY, banned(60)), 0, false))));
        StandingCache slow = new StandingCache(room -> answers.remove(0));
        slow.start(Set.of(GARDEN), Standings.NONE);
        StandingPolicy asking = new StandingPolicy(Access.OPEN, slow, Clock.fixed(NOW, ZoneOffset.UTC));
        CompletableFuture<Grant> before = asking.decide(GUEST, GARDEN);
        slow.changed(GARDEN, Map.of(GUEST_KEY, banned(60)), 0, false);
        assertThat(asking.decide(GUEST, GARDEN).join().permissions()).isEmpty();
        first.complete(Standings.NONE);
        assertThat(before.join().permissions()).isNotEmpty();
        assertThat(asking.decide(GUEST, GARDEN).join().permissions()).isEmpty();
    }

    @Test
    void aRoomThatCanNotBeReadIsNoAnswerAndIsReadAgain() {
        List<CompletableFuture<Standings>> answers = new ArrayList<>(List.of(
                CompletableFuture.failedFuture(new IllegalStateException("the disk")),
                CompletableFuture.completedFuture(Standings.NONE)));
        StandingCache broken = new StandingCache(room -> answers.remove(0));
        broken.start(Set.of(GARDEN), Standings.NONE);
        StandingPolicy asking = new StandingPolicy(Access.OPEN, broken, Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(asking.decide(GUEST, GARDEN)).isCompletedExceptionally();
        assertThat(asking.decide(GUEST, GARDEN).join().permissions()).isNotEmpty();
    }

    private record Asked(List<CompletableFuture<Grant>> questions) implements AccessPolicy {
        @Override
        public Grant always(Caller caller) {
            return null;
        }

        @Override
        public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
            questions.add(new CompletableFuture<>());
            return questions.get(questions.size() - 1);
        }
    }
}
