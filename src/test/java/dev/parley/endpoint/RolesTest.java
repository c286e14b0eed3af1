package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.StandingsChange;
import dev.parley.log.User;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Standing;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A role that is taken away while its user joins, at moments of the test's choice. */
@Timeout(60)
class RolesTest extends ConversationSetting {
    private static final User APPLICATION = new User("bean:server", new UserName("server"));

    /** Takes the role from the user with this key. */
    private CompletionStage<Void> dismissed(String key) {
        ModerationOrder dismiss = new ModerationOrder(
                GARDEN, ModerationAction.DISMISS, Target.caller(CallerId.ofKey(key)), null, null, false, "as agreed");
        CompletionStage<Void> done = connections.moderation().moderate(APPLICATION, "", dismiss);
        log.changes
                .get(log.changes.size() - 1)
                .complete(new StandingsChange(GARDEN, Map.of(key, Standing.NONE), 0, true));
        return done;
    }

    private String keyOfPeer() {
        await().until(() -> !sent.isEmpty());
        Caller peer = connections.ofApplication().snapshot().get(0).caller();
        return new CallerId(peer.kind(), peer.id()).key();
    }

    /** The earlier answer would let it in, but it came before the role was taken away. */
    @Test
    void aJoinThatWaitsForThePolicyIsDecidedByTheNewAnswer() {
        receive(join(1));
        await().until(() -> policy.all.size() == 1);
        String key = keyOfPeer();
        dismissed(key);
        await().until(() -> policy.all.size() == 2);
        assertThat(policy.all.get(0)).isCancelled();
        policy.all.get(1).complete(Grant.none());
        await().untilAsserted(() -> assertThat(replies()).containsExactly("error 1"));
    }

    @Test
    void aMemberIsPutOutWithTheReasonOfTheModeratorBeforeTheActionCompletes() {
        receive(join(1));
        answer(Grant.all());
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1"));
        String key = keyOfPeer();
        policy.answer = Grant.none();
        CompletionStage<Void> done = dismissed(key);
        await().until(() -> done.toCompletableFuture().isDone());
        receive(say(2, "let me in"));
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1", "error 2"));
        assertThat(sent.stream()
                        .filter(message -> message.getString("type").equals("left"))
                        .map(message -> message.getString("reason")))
                .containsExactly("you are no longer a member of the room garden: as agreed");
        assertThat(log.texts).isEmpty();
    }

    @Test
    void whereTheRoleDecidedNothingTheMemberStays() {
        receive(join(1));
        answer(Grant.all());
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1"));
        String key = keyOfPeer();
        policy.answer = Grant.all();
        CompletionStage<Void> done = dismissed(key);
        await().until(() -> done.toCompletableFuture().isDone());
        receive(say(2, "still here"));
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1", "said 2"));
    }

    @Test
    void anActionThatChangesNothingAsksNobodyAgain() {
        receive(join(1));
        answer(Grant.all());
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1"));
        ModerationOrder open = new ModerationOrder(GARDEN, ModerationAction.OPEN, null, null, null, false, null);
        CompletionStage<Void> done = connections.moderation().moderate(APPLICATION, "", open);
        log.changes.get(0).complete(new StandingsChange(GARDEN, Map.of(), 0, false, StandingsChange.Effect.NOTHING));
        await().until(() -> done.toCompletableFuture().isDone());
        assertThat(policy.all).hasSize(1);
    }

    @Test
    void anActionThatTheLogRejectsPutsNobodyOut() {
        receive(join(1));
        answer(Grant.all());
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1"));
        ModerationOrder close = new ModerationOrder(GARDEN, ModerationAction.CLOSE, null, null, null, false, null);
        policy.hasMembers = true;
        CompletionStage<Void> done = connections.moderation().moderate(APPLICATION, "", close);
        log.changes.get(0).completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, "the disk"));
        assertThat(done.toCompletableFuture()).isCompletedExceptionally();
        assertThat(policy.all).hasSize(1);
    }
}
