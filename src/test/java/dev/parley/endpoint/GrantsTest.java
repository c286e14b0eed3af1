package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.Access;
import dev.parley.access.AccessPolicy;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class GrantsTest extends GrantsSetting {
    @Test
    void aMessageWaitsForTheFirstAnswerAndLaterOnesDoNot() {
        CompletionStage<?> answer = grants.answerFor(GARDEN);
        assertThat(answer.toCompletableFuture()).isNotDone();

        policy.latest().complete(Grant.read());

        assertThat(answer.toCompletableFuture()).isDone();
        assertThat(grants.answerFor(GARDEN)).isNull();
        grants.require(Permission.READ, GARDEN);
        assertRefused(ErrorCode.FORBIDDEN, Permission.SAY, GARDEN);
        assertThat(policy.all).hasSize(1);
    }

    @Test
    void aGrantIsAskedForAgainAtItsEnd() {
        answered(GARDEN, Grant.all().goodFor(Duration.ofSeconds(10)));

        pass(9_999);
        assertThat(grants.answerFor(GARDEN)).isNull();
        pass(1);
        assertThat(grants.answerFor(GARDEN)).isNotNull();
        assertThat(policy.all).hasSize(2);
    }

    /** Otherwise a policy whose answers take longer than its grants last would be asked for ever. */
    @Test
    void aMessageThatWaitedUsesTheAnswerHoweverLateItContinues() {
        List<Boolean> mayRead = new ArrayList<>();
        grants.answerFor(GARDEN).whenComplete((nothing, failure) -> {
            pass(5_000);
            mayRead.add(grants.answerFor(GARDEN) == null);
            grants.require(Permission.READ, GARDEN);
        });

        policy.latest().complete(Grant.all().goodFor(Grant.LEAST));

        assertThat(mayRead).containsExactly(true);
        assertThat(grants.answerFor(GARDEN)).isNotNull();
    }

    @Test
    void aQuestionThatFailedIsAskedAgainASecondAfterItFailed() {
        CompletionStage<?> answer = grants.answerFor(GARDEN);
        pass(20_000);
        policy.latest().completeExceptionally(new IllegalStateException("the policy's own"));

        assertThat(answer.toCompletableFuture()).isDone();
        assertThat(grants.answerFor(GARDEN)).isNull();
        assertRefused(ErrorCode.UNAVAILABLE, Permission.READ, GARDEN);
        pass(999);
        assertThat(grants.answerFor(GARDEN)).isNull();
        pass(1);
        assertThat(grants.answerFor(GARDEN)).isNotNull();
        assertThat(policy.all).hasSize(2);
    }

    @Test
    void anOverdueQuestionIsGivenUpOnceAndTheMessageGetsUnavailable() {
        CompletionStage<?> answer = grants.answerFor(GARDEN);
        CompletableFuture<Grant> question = policy.latest();

        pass(29_999);
        grants.look();
        assertThat(answer.toCompletableFuture()).isNotDone();
        pass(1);
        grants.look();
        grants.look();

        assertThat(answer.toCompletableFuture()).isDone();
        assertThat(question).isCompletedExceptionally();
        assertThat(joined.decided).containsExactly(GARDEN);
        assertRefused(ErrorCode.UNAVAILABLE, Permission.READ, GARDEN);
        assertThat(policy.all).hasSize(1);
    }

    @Test
    void roomsThatWillBeJoinedSoonAreAskedAboutAFewAtATimeAndOnce() {
        for (int i = 0; i < 100; i++) {
            grants.prepare(new RoomName("room" + i));
        }
        grants.prepare(new RoomName("room0"));
        assertThat(policy.all).hasSize(AccessPolicy.MOST_RENEWALS);

        CompletionStage<?> answer = grants.answerFor(new RoomName("room0"));
        policy.all.get(0).complete(Grant.read());
        assertThat(answer.toCompletableFuture()).isDone();
        grants.require(Permission.READ, new RoomName("room0"));
        assertThat(policy.all).hasSize(AccessPolicy.MOST_RENEWALS);
    }

    /** An overloaded policy answers within the call, and its answer may cause more questions. */
    @Test
    void roomsThatThePeerIsNotInAreForgottenTheOldestFirst() {
        joined.rooms.add(GARDEN);
        answered(GARDEN, Grant.all());
        for (int i = 0; i < 2 * RoomGrants.OTHERS; i++) {
            answered(new RoomName("room" + i), Grant.none());
        }

        assertThat(grants.isKnown(GARDEN)).isTrue();
        assertThat(grants.isKnown(new RoomName("room0"))).isFalse();
        assertThat(grants.isKnown(new RoomName("room" + (2 * RoomGrants.OTHERS - 1))))
                .isTrue();
    }

    @Test
    void theEndCancelsOpenQuestions() {
        grants.answerFor(GARDEN);

        grants.end();

        assertThat(policy.latest()).isCancelled();
        assertThat(joined.decided).isEmpty();
    }

    @Test
    void aPolicyThatIsTheSameEverywhereIsNeverAsked() {
        Grants closed = new Grants(Access.USERS, joined, Runnable::run, () -> now);
        closed.identified(ANN);

        assertThat(closed.answerFor(GARDEN)).isNull();
        assertThat(closed.permissions(GARDEN)).isEmpty();
        assertThat(closed.refusalToRead(GARDEN)).hasMessageContaining("garden");
        assertThatThrownBy(() -> closed.require(Permission.READ, GARDEN)).isInstanceOf(ParleyException.class);
    }
}
