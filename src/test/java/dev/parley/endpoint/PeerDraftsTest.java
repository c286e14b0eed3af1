package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The messages of a peer while a review has not ended. */
class PeerDraftsTest extends ConversationSetting {
    private final Reviews reviews = new Reviews();

    /** A review of all rooms but the cellar, whose answers the test gives. */
    private static final class Reviews implements DraftReview {
        final List<String> asked = new CopyOnWriteArrayList<>();
        final List<CompletableFuture<Body>> all = new CopyOnWriteArrayList<>();

        @Override
        public boolean isFor(RoomName room) {
            return !room.value().equals("cellar");
        }

        @Override
        public CompletableFuture<Body> review(User user, Caller caller, RoomName room, String id, Body body) {
            CompletableFuture<Body> answer = new CompletableFuture<>();
            asked.add(((Body.Text) body).value());
            all.add(answer);
            return answer;
        }

        CompletableFuture<Body> next(int number) {
            await().until(() -> all.size() > number);
            return all.get(number);
        }
    }

    @Override
    DraftReview review() {
        return reviews;
    }

    @BeforeEach
    void join() {
        receive(join(1));
        answer(Grant.all());
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1"));
    }

    @Test
    void messagesAreReviewedOneAfterTheOtherAndKeepTheirOrder() {
        receive(say(2, "one"), say(3, "two"));
        receive(say(4, "three"));
        assertThat(reviews.asked).containsExactly("one");

        reviews.next(0).complete(new Body.Text("changed"));
        reviews.next(1).completeExceptionally(new ParleyException(ErrorCode.FORBIDDEN, "be kind"));
        reviews.next(2).complete(new Body.Text("three"));

        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1", "said 2", "error 3", "said 4"));
        assertThat(log.texts).containsExactly("changed", "three");
        assertThat(errors()).extracting(error -> error.getString("message")).containsExactly("be kind");
    }

    @Test
    void aBeatIsAnsweredMeanwhile() {
        receive(say(2, "one"));
        receive(new ClientMessage.Beat());
        await().untilAsserted(() -> assertThat(sent)
                .extracting(message -> message.getString("type"))
                .contains("beat"));
        assertThat(log.texts).isEmpty();
    }

    @Test
    void theSameTextTwiceIsReviewedTwice() {
        receive(say(2, "again"), say(3, "again"));
        reviews.next(0).complete(new Body.Text("first"));
        reviews.next(1).complete(new Body.Text("second"));
        await().untilAsserted(() -> assertThat(log.texts).containsExactly("first", "second"));
    }

    @Test
    void aMessageThatThePeerMayNotSendIsNotReviewed() {
        receive(new ClientMessage.Say(Ref.of(2), new RoomName("elsewhere"), null, new Body.Text("one")));
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1", "error 2"));
        assertThat(reviews.asked).isEmpty();
    }

    @Test
    void aReviewThatTakesTooLongIsGivenUpAndTheConversationGoesOn() {
        receive(say(2, "one"), say(3, "two"));
        await().until(() -> {
            conversation.look();
            return reviews.all.get(0).isCompletedExceptionally();
        });
        reviews.next(1).complete(new Body.Text("two"));

        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1", "error 2", "said 3"));
        assertThat(errors()).extracting(error -> error.getString("code")).containsExactly("unavailable");
        assertThat(log.texts).containsExactly("two");
    }

    @Test
    void theEndOfTheConnectionCancelsTheReview() {
        receive(say(2, "one"));
        conversation.end();
        assertThat(reviews.next(0)).isCancelled();
        assertThat(log.texts).isEmpty();
    }

    private List<JsonObject> errors() {
        return sent.stream()
                .filter(message -> message.getString("type").equals("error"))
                .toList();
    }
}
