package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The order in which the messages of a peer are handled while the policy has not answered. */
class ConversationTest extends ConversationSetting {
    @Test
    void messagesBehindAJoinWaitForTheAnswerOfThePolicyAndKeepTheirOrder() {
        receive(join(1), say(2, "one"));
        receive(say(3, "two"));
        assertThat(policy.all).hasSize(1);
        assertThat(log.texts).isEmpty();
        assertThat(replies()).isEmpty();

        answer(Grant.all());
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1", "said 2", "said 3"));
        assertThat(log.texts).containsExactly("one", "two");
    }

    @Test
    void aMessageBehindARejectedJoinIsNotStored() {
        receive(join(1), say(2, "one"));
        answer(Grant.none());
        await().untilAsserted(() -> assertThat(replies()).containsExactly("error 1", "error 2"));
        assertThat(log.texts).isEmpty();
    }

    @Test
    void aBeatIsAnsweredWhileAJoinWaits() {
        receive(join(1));
        receive(new ClientMessage.Beat());
        await().untilAsserted(() -> assertThat(sent)
                .extracting(message -> message.getString("type"))
                .contains("beat"));
        assertThat(replies()).isEmpty();
    }

    @Test
    void aPolicyWithoutAnAnswerRejectsTheJoinAndTheConversationGoesOn() {
        receive(join(1));
        await().until(() -> policy.all.size() == 1);
        policy.all.get(0).completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, "no answer"));
        await().untilAsserted(() -> assertThat(replies()).containsExactly("error 1"));

        // For a moment the policy is not asked about the same room again.
        receive(new ClientMessage.Join(Ref.of(2), new RoomName("cellar"), null, null, 0));
        await().until(() -> policy.all.size() == 2);
        policy.all.get(1).complete(Grant.all());
        await().untilAsserted(() -> assertThat(replies()).containsExactly("error 1", "joined 2"));
    }

    @Test
    void nothingThatWaitsIsHandledAfterTheEnd() {
        receive(join(1), say(2, "one"));
        conversation.end();
        policy.all.get(0).complete(Grant.all());

        // All of this runs on one loop: a task behind the answer runs after it.
        CompletableFuture<Void> behind = new CompletableFuture<>();
        loops.of(0).add(() -> behind.complete(null));
        behind.join();
        assertThat(log.texts).isEmpty();
        assertThat(replies()).isEmpty();
    }

    @Test
    void messagesAboveTheRateAreRejectedAndTheOthersAreStored() {
        receive(join(0));
        answer(Grant.all());
        int many = BURST + 20;
        for (int i = 1; i <= many; i++) {
            receive(say(i, "text"));
        }
        await().until(() -> replies().size() == many + 1);
        long rejected = sent.stream()
                .filter(message -> message.getString("code", "").equals(ErrorCode.TOO_FAST.wire()))
                .count();
        assertThat(rejected).isPositive();
        assertThat(log.texts).hasSize((int) (many - rejected)).hasSizeGreaterThanOrEqualTo(BURST - 1);
    }

    @Test
    void aFrameThatCannotBeHandledEndsTheConnectionWithAWord() {
        conversation.receive(() -> {
            throw new AssertionError("a defect of the server");
        });
        await().untilAsserted(() -> assertThat(sent)
                .filteredOn(message -> message.getString("type").equals("bye"))
                .extracting(message -> message.getInt("code"))
                .containsExactly(1011));
    }
}
