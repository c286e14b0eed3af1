package dev.parley.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.Before;
import dev.parley.Draft;
import dev.parley.Durable;
import dev.parley.InRoom;
import dev.parley.config.SettingsException;
import dev.parley.endpoint.DraftReview;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import dev.parley.testing.Background;
import dev.parley.testing.EmptyLog;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DraftObserversTest {
    private static final User ANN = new User(User.userKey("ann@example.com"), new UserName("ann"));
    private static final RoomName GARDEN = new RoomName("garden");
    private static final Limits LIMITS = new Limits(1_000, 1_000, 1 << 20, 50);

    private final Known log = new Known();
    private SeContainer beans;
    private DraftReview review;

    /** A log that knows one id. */
    private static final class Known extends EmptyLog {
        @Override
        public CompletionStage<Boolean> isStored(RoomName room, User user, String id) {
            return CompletableFuture.completedStage(id.equals("known") && user.equals(ANN));
        }
    }

    /** What the observers of this test have seen and wait for. */
    @ApplicationScoped
    static class Seen {
        private final Queue<String> calls = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> requests = new ConcurrentLinkedQueue<>();
        private final Queue<Draft> drafts = new ConcurrentLinkedQueue<>();
        private final CountDownLatch gate = new CountDownLatch(1);

        Queue<String> calls() {
            return calls;
        }

        Queue<UUID> requests() {
            return requests;
        }

        Queue<Draft> drafts() {
            return drafts;
        }

        CountDownLatch gate() {
            return gate;
        }
    }

    @ApplicationScoped
    static class Moderation {
        @Inject
        private Seen seen;

        void second(@Observes @Before @Priority(2) Draft draft) {
            seen.calls().add("second " + text(draft) + (Thread.currentThread().isInterrupted() ? ", interrupted" : ""));
        }

        void first(@Observes @Before @Priority(1) Draft draft, Request request) throws InterruptedException {
            seen.requests().add(request.id());
            seen.drafts().add(draft);
            seen.calls().add("first " + text(draft));
            switch (text(draft)) {
                case "mask" -> draft.replace("****");
                case "refuse" -> draft.refuse("be kind, " + draft.caller().name());
                case "throw" -> throw new AssertionError("the observer's own");
                case "large" -> draft.replace("x".repeat(1_001));
                case "wait" -> seen.gate().await();
                case "elsewhere" ->
                    Background.run(() -> draft.replace("another thread")).join();
                case "interrupt" -> Thread.currentThread().interrupt();
                default -> {}
            }
        }

        void orders(@Observes @Before @InRoom("order-*") @Priority(3) Draft draft) {
            seen.calls().add("orders " + text(draft));
        }

        void everything(@Observes Object any) {
            if (any instanceof Draft) {
                seen.calls().add("everything");
            }
        }
    }

    @ApplicationScoped
    static class WithoutBefore {
        void hear(@Observes Draft draft) {}
    }

    @ApplicationScoped
    static class TooLate {
        void hear(@ObservesAsync @Before Draft draft) {}
    }

    @ApplicationScoped
    static class DurableDraft {
        void hear(@Observes @Before @Durable("drafts") @InRoom("*") Draft draft) {}
    }

    @ApplicationScoped
    static class BeforeEntry {
        void hear(@Observes @Before Entry entry) {}
    }

    @ApplicationScoped
    static class BadPattern {
        void hearOrders(@Observes @InRoom("order *") Entry entry) {}
    }

    private static String text(Draft draft) {
        return ((Body.Text) draft.body()).value();
    }

    @AfterEach
    void stop() {
        if (review != null) {
            review.close();
        }
        beans.close();
    }

    @Test
    void observersAreCalledByPriorityAndEachMessageHasARequestOfItsOwn() {
        start(Seen.class, Request.class, Moderation.class);

        assertThat(ask("hello")).isEqualTo(new Body.Text("hello"));
        assertThat(ask("mask")).isEqualTo(new Body.Text("****"));

        assertThat(seen().calls()).containsExactly("first hello", "second hello", "first mask", "second ****");
        assertThat(seen().requests()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anObserverForSomeRoomsGetsNoMessageOfOthers() {
        start(Seen.class, Request.class, Moderation.class);

        review(new RoomName("order-7"), null, "hello").join();

        assertThat(seen().calls()).containsExactly("first hello", "second hello", "orders hello");
    }

    @Test
    void aRefusedMessageHasTheSentenceAndNoOtherObserverIsCalled() {
        start(Seen.class, Request.class, Moderation.class);

        assertRefused("refuse", ErrorCode.FORBIDDEN, "be kind, ann");
        assertThat(seen().calls()).containsExactly("first refuse");
    }

    @Test
    void aMessageThatWasStoredBeforeIsNotRefused() {
        start(Seen.class, Request.class, Moderation.class);

        assertThat(review(GARDEN, "known", "refuse").join()).isEqualTo(new Body.Text("refuse"));
        assertThatThrownBy(() -> review(GARDEN, "unknown", "refuse").join())
                .cause()
                .hasMessage("be kind, ann");
    }

    @Test
    void anObserverThatThrowsOrBreaksALimitKeepsItsWordsToItself() {
        start(Seen.class, Request.class, Moderation.class);

        String sentence = "the application could not decide about this message; try again later";
        assertRefused("throw", ErrorCode.UNAVAILABLE, sentence);
        assertRefused("large", ErrorCode.UNAVAILABLE, sentence);
        assertThat(ask("hello")).isEqualTo(new Body.Text("hello"));
    }

    @Test
    void aDraftIsChangedOnlyOnTheThreadOfTheCall() {
        start(Seen.class, Request.class, Moderation.class);

        assertRefused(
                "elsewhere",
                ErrorCode.UNAVAILABLE,
                "the application could not decide about this message; try again later");
    }

    @Test
    void anObserverThatLeavesAnInterruptDisturbsNoOther() {
        start(Seen.class, Request.class, Moderation.class);

        assertThat(ask("interrupt")).isEqualTo(new Body.Text("interrupt"));
        assertThat(seen().calls()).containsExactly("first interrupt", "second interrupt");
    }

    @Test
    void aDraftIsOfNoUseAfterTheCall() {
        start(Seen.class, Request.class, Moderation.class);
        ask("hello");

        Draft kept = seen().drafts().remove();
        assertThatThrownBy(() -> kept.replace("too late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.refuse("too late")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void messagesAboveTheBoundAreUnavailableAndThoseThatNobodyWaitsForAreSkipped() {
        start(Seen.class, Request.class, Moderation.class);
        for (int i = 0; i < DraftObservers.THREADS; i++) {
            review(GARDEN, null, "wait");
        }
        await().until(() -> seen().calls().size() == DraftObservers.THREADS);
        CompletableFuture<Body> gone = review(GARDEN, null, "gone");
        gone.cancel(false);
        CompletableFuture<Body> late = review(GARDEN, null, "late");
        late.completeExceptionally(
                new ParleyException(ErrorCode.UNAVAILABLE, "the time is over", new TimeoutException()));
        // Nobody waits for these two, so they take no place.
        for (int i = 0; i < DraftObservers.CAPACITY; i++) {
            review(GARDEN, null, "in time");
        }

        assertRefused("above", ErrorCode.UNAVAILABLE, "too many messages wait for the application; try again later");
        seen().gate().countDown();
        await().atMost(30, SECONDS)
                .until(() ->
                        seen().calls().stream().filter("second in time"::equals).count() == DraftObservers.CAPACITY);
        assertThat(seen().calls()).doesNotContain("first gone", "first late");
    }

    @Test
    void withoutSuchAnObserverNothingIsReviewed() {
        start(Seen.class, Request.class);
        assertThat(review).isSameAs(DraftReview.NONE);
    }

    @Test
    void anObserverThatCannotDecideIsNamedAtTheStart() {
        assertThatThrownBy(() -> start(WithoutBefore.class))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("WithoutBefore.hear(")
                .hasMessageContaining("without @Before");
    }

    @Test
    void anAsynchronousObserverOfDraftsIsNamedAtTheStart() {
        assertThatThrownBy(() -> start(TooLate.class))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("TooLate.hear(")
                .hasMessageContaining("@ObservesAsync");
    }

    @Test
    void anObserverWithAQualifierOfAnotherTypeIsNamedAtTheStart() {
        assertThatThrownBy(() -> start(DurableDraft.class, BeforeEntry.class))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("DurableDraft.hear(")
                .hasMessageContaining("has @Durable, which is not for observers of Draft.");
        Entry any = Entry.erased(GARDEN, 1, null, ANN.name(), ANN.id(), Instant.EPOCH);
        assertThatThrownBy(() -> Observers.refuse(beans.getBeanManager(), Entry.class, any, List.of(Before.class)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("BeforeEntry.hear(")
                .hasMessageContaining("has @Before, which is not for observers of Entry.");
    }

    @Test
    void aPatternThatIsNotValidIsNamedAtTheStart() {
        start(BadPattern.class);
        Entry any = Entry.erased(GARDEN, 1, null, ANN.name(), ANN.id(), Instant.EPOCH);
        assertThatThrownBy(() -> Observers.of(beans.getBeanManager(), any, Observers.IN_ROOM))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("BadPattern.hearOrders(")
                .hasMessageContaining("@InRoom(\"order *\"): a pattern for rooms must have");
    }

    private void start(Class<?>... classes) {
        beans = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(classes)
                .initialize();
        review = DraftObservers.find(
                beans.getBeanManager(), LIMITS, log, beans.select(RequestContextController.class)::get);
    }

    private Seen seen() {
        return beans.select(Seen.class).get();
    }

    private CompletableFuture<Body> review(RoomName room, String id, String text) {
        return review.review(ANN, ANN.caller(), room, id, new Body.Text(text));
    }

    private Body ask(String text) {
        return review(GARDEN, null, text).join();
    }

    private void assertRefused(String text, ErrorCode code, String sentence) {
        assertThatThrownBy(() -> ask(text))
                .isInstanceOf(CompletionException.class)
                .satisfies(failure -> {
                    ParleyException why = (ParleyException) failure.getCause();
                    assertThat(why.code()).isEqualTo(code);
                    assertThat(why).hasMessage(sentence);
                });
    }
}
