package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.Access;
import dev.parley.access.AccessPolicy;
import dev.parley.access.ClaimedAccess;
import dev.parley.message.Grant;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.RoomPattern;
import dev.parley.message.TokenRooms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Renewals of grants in the background, and rechecks. */
class GrantRenewalTest extends GrantsSetting {
    @Test
    void aRecheckAsksTheOpenQuestionAnewAndItsPatienceGoesOn() {
        CompletionStage<?> answer = grants.answerFor(GARDEN);
        CompletableFuture<Grant> first = policy.latest();
        pass(20_000);

        grants.recheck(GARDEN);

        assertThat(first).isCancelled();
        assertThat(answer.toCompletableFuture()).isNotDone();
        pass(10_000);
        grants.look();
        assertThat(answer.toCompletableFuture()).isDone();
        assertThat(policy.latest()).isCompletedExceptionally();
    }

    @Test
    void grantsOfAMemberAreRenewedInTheBackgroundAndTheAnswerApplies() {
        joined.rooms.add(GARDEN);
        answered(GARDEN, Grant.all().goodFor(Duration.ofSeconds(100)));
        answered(CELLAR, Grant.all().goodFor(Duration.ofSeconds(100)));

        pass(49_999);
        grants.look();
        assertThat(policy.all).hasSize(2);
        pass(25_001);
        grants.look();
        assertThat(policy.all).hasSize(3);
        // Meanwhile the old grant is valid.
        assertThat(grants.answerFor(GARDEN)).isNull();

        joined.decided.clear();
        policy.latest().complete(Grant.none());
        assertThat(joined.decided).containsExactly(GARDEN);
        assertThat(grants.isShutOut(GARDEN)).isTrue();
    }

    @Test
    void whoShowsNewCredentialsIsAskedAboutAnewInItsRoomsAndOnlyThen() {
        joined.rooms.add(GARDEN);
        answered(GARDEN, Grant.all());
        answered(CELLAR, Grant.all());

        grants.identified(ANN);
        assertThat(policy.all).hasSize(2);
        grants.identified(ANN.with(Set.of("staff"), null));
        assertThat(policy.all).hasSize(3);
        policy.latest().complete(Grant.read());
        assertThat(grants.hasChanged(GARDEN)).isTrue();
        assertThat(grants.answerFor(CELLAR)).isNotNull();
    }

    /** Its first token says nothing about rooms, its next one does. */
    @Test
    void whoMightDoTheSameEverywhereMayNotAnyMoreWithItsNewCredentials() {
        Grants renewed = new Grants(new ClaimedAccess(Access.OPEN), joined, Runnable::run, () -> now);
        joined.rooms.addAll(List.of(GARDEN, CELLAR));
        renewed.identified(ANN);
        assertThat(renewed.isFixed()).isTrue();

        renewed.identified(ANN.with(Set.of(), new TokenRooms(Map.of(new RoomPattern("garden"), Grant.read()))));

        assertThat(joined.decided).containsExactlyInAnyOrder(GARDEN, CELLAR);
        assertThat(renewed.isShutOut(CELLAR)).isTrue();
        assertThat(renewed.hasChanged(GARDEN)).isTrue();
        assertThat(renewed.permissions(GARDEN)).containsExactly(Permission.READ);

        renewed.identified(ANN);
        assertThat(renewed.permissions(GARDEN)).contains(Permission.SAY, Permission.ATTACH);
    }

    /** Otherwise a member of a thousand rooms would go on reading in most of them for a minute. */
    @Test
    void aPolicyThatAnswersAtOnceIsAskedAboutAllRoomsAtOnce() {
        Grants quick = new Grants(new ClaimedAccess(Access.OPEN), joined, Runnable::run, () -> now);
        IntStream.range(0, 10 * AccessPolicy.MOST_RENEWALS)
                .mapToObj(i -> new RoomName("room-" + i))
                .forEach(joined.rooms::add);
        quick.identified(ANN);

        quick.identified(ANN.with(Set.of(), new TokenRooms(Map.of())));

        assertThat(joined.decided).containsExactlyInAnyOrderElementsOf(joined.rooms);
    }

    @Test
    void onlyAnotherAnswerIsAChange() {
        joined.rooms.add(GARDEN);
        answered(GARDEN, Grant.all());
        assertThat(grants.hasChanged(GARDEN)).isFalse();
        grants.recheck();
        policy.latest().complete(Grant.all().goodFor(Duration.ofSeconds(7)));
        assertThat(grants.hasChanged(GARDEN)).isFalse();
        grants.recheck();
        policy.latest().complete(Grant.read());
        assertThat(grants.hasChanged(GARDEN)).isTrue();
        grants.recheck();
        policy.latest().completeExceptionally(OVERLOAD);
        assertThat(grants.hasChanged(GARDEN)).isFalse();
    }

    @Test
    void grantsAreNotUsedWhileARecheckIsOpen() {
        joined.rooms.add(GARDEN);
        answered(GARDEN, Grant.all());

        grants.recheck();

        assertThat(policy.open()).isEqualTo(1);
        assertThat(grants.answerFor(GARDEN)).isNotNull();
        assertThat(grants.refusalToRead(GARDEN)).isNotNull();
        policy.latest().complete(Grant.read());
        assertThat(grants.refusalToRead(GARDEN)).isNull();
    }

    @Test
    void anOverloadedPolicyEndsNoGrantBeforeItsTimeIsOver() {
        joined.rooms.add(GARDEN);
        answered(GARDEN, Grant.all().goodFor(Duration.ofSeconds(100)));
        policy.overloaded = true;
        pass(80_000);

        grants.look();

        assertThat(grants.isLost(GARDEN)).isFalse();
        assertThat(grants.answerFor(GARDEN)).isNull();
        grants.require(Permission.SAY, GARDEN);
        pass(20_000);
        grants.look();
        assertThat(grants.isLost(GARDEN)).isTrue();
    }

    @Test
    void onlyAFewRoomsOfOnePeerAreAskedAboutAtATime() {
        List<RoomName> many = IntStream.range(0, 100)
                .mapToObj(number -> new RoomName("room" + number))
                .toList();
        joined.rooms.addAll(many);
        many.forEach(room -> answered(room, Grant.all()));

        grants.recheck();

        assertThat(policy.open()).isEqualTo(AccessPolicy.MOST_RENEWALS);
        policy.all.forEach(question -> question.complete(Grant.all()));
        grants.look();
        assertThat(policy.open()).isEqualTo(AccessPolicy.MOST_RENEWALS);
    }

    @Test
    void aRecheckOfOneRoomWaitsForNoOtherQuestion() {
        List<RoomName> many = IntStream.range(0, 100)
                .mapToObj(number -> new RoomName("room" + number))
                .toList();
        joined.rooms.addAll(many);
        many.forEach(room -> answered(room, Grant.all()));
        grants.recheck();

        grants.recheck(many.get(99));
        policy.latest().complete(Grant.none());

        assertThat(grants.isShutOut(many.get(99))).isTrue();
    }

    @Test
    void aRecheckThatFailsAtOnceGoesThroughAllRooms() {
        List.of(GARDEN, CELLAR).forEach(room -> {
            joined.rooms.add(room);
            answered(room, Grant.all());
        });
        policy.overloaded = true;
        joined.decided.clear();

        grants.recheck();

        assertThat(joined.decided).containsExactlyInAnyOrder(GARDEN, CELLAR);
        assertThat(grants.isLost(GARDEN)).isFalse();
    }
}
