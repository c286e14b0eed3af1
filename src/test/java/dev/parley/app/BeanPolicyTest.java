package dev.parley.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.RoomPolicy;
import dev.parley.access.Access;
import dev.parley.access.AccessPolicy;
import dev.parley.access.ClaimedAccess;
import dev.parley.config.SettingsException;
import dev.parley.message.Caller;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.RoomPattern;
import dev.parley.message.TokenRooms;
import dev.parley.message.UserName;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BeanPolicyTest {
    private static final Caller ANN = new Caller(Caller.Kind.GUEST, "s1", new UserName("ann"));

    private static final Grant EVERYTHING = Grant.of(EnumSet.allOf(Permission.class));

    private SeContainer beans;
    private BeanPolicy policy;

    /** What the policies of this test have seen and wait for. */
    @ApplicationScoped
    static class Seen {
        private final Queue<String> rooms = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> requests = new ConcurrentLinkedQueue<>();
        private final CountDownLatch gate = new CountDownLatch(1);

        Queue<String> rooms() {
            return rooms;
        }

        Queue<UUID> requests() {
            return requests;
        }

        CountDownLatch gate() {
            return gate;
        }
    }

    @Dependent
    static class ByName implements RoomPolicy {
        @Inject
        private Seen seen;

        @Inject
        private Request request;

        @Override
        public Grant decide(Caller who, RoomName room) {
            seen.rooms().add(room.value());
            seen.requests().add(request.id());
            return switch (room.value()) {
                case "error" -> throw new AssertionError("the policy's own");
                case "nothing" -> null;
                case "later" -> {
                    try {
                        seen.gate().await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    yield Grant.all();
                }
                default -> Grant.read();
            };
        }

        @PreDestroy
        void end() {
            throw new IllegalStateException("an end of the policy's own");
        }
    }

    @ApplicationScoped
    static class Elder implements RoomPolicy {
        @Override
        public Grant decide(Caller who, RoomName room) {
            return EVERYTHING;
        }
    }

    @ApplicationScoped
    static class Another implements RoomPolicy {
        @Override
        public Grant decide(Caller who, RoomName room) {
            return Grant.all();
        }
    }

    @AfterEach
    void stop() {
        if (policy != null) {
            policy.close();
        }
        beans.close();
    }

    @Test
    void itAnswersOnThreadsOfTheApplicationEachTimeInARequestOfItsOwn() {
        start(Seen.class, Request.class, ByName.class);

        assertThat(ask("garden").join()).isEqualTo(Grant.read());
        assertThat(ask("garden").join()).isEqualTo(Grant.read());

        assertThat(seen().rooms()).containsExactly("garden", "garden");
        assertThat(seen().requests()).doesNotHaveDuplicates();
    }

    @Test
    void whatItThrowsAndNoDecisionAtAllAreNoAnswersAndItGoesOn() {
        start(Seen.class, Request.class, ByName.class);

        for (int i = 0; i < 2 * BeanPolicy.THREADS; i++) {
            assertThat(ask(i % 2 == 0 ? "error" : "nothing"))
                    .failsWithin(30, SECONDS)
                    .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                    .withMessageNotContaining("the policy's own");
        }
        assertThat(ask("garden").join()).isEqualTo(Grant.read());
    }

    @Test
    void whatNobodyWaitsForIsNotAskedAndMoreThanMayWaitIsRejectedAtOnce() {
        start(Seen.class, Request.class, ByName.class);
        List<CompletableFuture<Grant>> running = new ArrayList<>();
        for (int i = 0; i < BeanPolicy.THREADS; i++) {
            running.add(ask("later"));
        }
        await().until(() -> seen().rooms().size() == BeanPolicy.THREADS);
        List<CompletableFuture<Grant>> waiting = new ArrayList<>();
        for (int i = 0; i < BeanPolicy.CAPACITY; i++) {
            waiting.add(ask("garden"));
        }

        assertThat(ask("garden")).isCompletedExceptionally();
        assertThatThrownBy(() -> ask("garden").join())
                .hasCauseInstanceOf(ParleyException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        waiting.subList(1, waiting.size()).forEach(question -> question.cancel(false));
        seen().gate().countDown();

        assertThat(waiting.get(0).join()).isEqualTo(Grant.read());
        running.forEach(question -> assertThat(question.join()).isEqualTo(Grant.all()));
        assertThat(ask("cellar").join()).isEqualTo(Grant.read());
        assertThat(seen().rooms()).filteredOn("garden"::equals).hasSize(1);
    }

    @Test
    void whatNobodyMayDoAnywayItIsNotAskedAbout() {
        start(Seen.class, Request.class, ByName.class);

        assertThat(find(Access.USERS).always(ANN)).isEqualTo(Grant.none());
        assertThat(policy.always(ANN)).isNull();
    }

    @Test
    void usersCreateNoRoomsWhereItDecides() {
        start(Seen.class, Request.class, ByName.class);

        assertThat(policy.refusalToMake(ANN, new RoomName("garden"))).contains("application");
    }

    /** Lets everybody read and say something, one second at a time, but not in the cellar. */
    private record ByRoom() implements AccessPolicy {
        @Override
        public Grant always(Caller caller) {
            return null;
        }

        @Override
        public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
            return CompletableFuture.completedFuture(
                    room.value().equals("cellar")
                            ? Grant.none()
                            : Grant.of(Set.of(Permission.READ, Permission.SAY)).goodFor(Grant.LEAST));
        }
    }

    @Test
    void itGrantsNoMoreThanAPolicyBeforeItThatDependsOnTheRoom() {
        start(Seen.class, Request.class, ByName.class);
        BeanPolicy after = find(new ByRoom());
        seen().gate().countDown();

        assertThat(after.always(ANN)).isNull();
        assertThat(after.decide(ANN, new RoomName("cellar")).join()).isEqualTo(Grant.none());
        assertThat(after.decide(ANN, new RoomName("garden")).join())
                .isEqualTo(Grant.read().goodFor(Grant.LEAST));
        assertThat(after.decide(ANN, new RoomName("later")).join())
                .isEqualTo(Grant.of(Set.of(Permission.READ, Permission.SAY)).goodFor(Grant.LEAST));
        assertThat(seen().rooms()).containsExactly("garden", "later");
        after.close();
    }

    @Test
    void itMayGiveModerateWhereTheSettingLetsRead() {
        start(Elder.class);
        assertThat(ask("garden").join().permissions()).isEqualTo(EVERYTHING.permissions());
        policy.close();
        TokenRooms garden = new TokenRooms(Map.of(new RoomPattern("garden"), Grant.read()));
        policy = find(new ClaimedAccess(Access.OPEN));
        Caller reader = ANN.with(Set.of(), garden);
        assertThat(policy.decide(reader, new RoomName("garden")).join().permissions())
                .containsExactlyInAnyOrder(Permission.READ, Permission.MODERATE);
        assertThat(policy.decide(reader, new RoomName("cellar")).join().permissions())
                .isEmpty();
    }

    @Test
    void severalStopTheStartWithASentenceThatNamesThem() {
        beans(Seen.class, Request.class, ByName.class, Another.class);

        assertThatThrownBy(() -> find(Access.OPEN))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(ByName.class.getName())
                .hasMessageContaining(Another.class.getName());
    }

    @Test
    void thereNeedBeNone() {
        beans(Seen.class);

        assertThat(BeanPolicy.find(Access.OPEN, beans.getBeanManager(), this::request))
                .isEmpty();
    }

    private void start(Class<?>... classes) {
        beans(classes);
        policy = find(Access.OPEN);
    }

    private void beans(Class<?>... classes) {
        beans = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(classes)
                .initialize();
    }

    private BeanPolicy find(AccessPolicy access) {
        return BeanPolicy.find(access, beans.getBeanManager(), this::request).orElseThrow();
    }

    private RequestContextController request() {
        return beans.select(RequestContextController.class).get();
    }

    private Seen seen() {
        return beans.select(Seen.class).get();
    }

    private CompletableFuture<Grant> ask(String room) {
        return policy.decide(ANN, new RoomName(room));
    }
}
