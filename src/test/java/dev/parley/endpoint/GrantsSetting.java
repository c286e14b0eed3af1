package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.AccessPolicy;
import dev.parley.message.Caller;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;

/** The setting of the tests of {@link Grants}: a policy and a clock that the test controls. */
abstract class GrantsSetting {
    static final RoomName GARDEN = new RoomName("garden");
    static final RoomName CELLAR = new RoomName("cellar");
    static final Caller ANN = new Caller(Caller.Kind.GUEST, "s1", new UserName("ann"));
    static final ParleyException OVERLOAD = new ParleyException(ErrorCode.UNAVAILABLE, "too much to ask");

    final Questions policy = new Questions();
    final Joined joined = new Joined();
    long now;
    final Grants grants = new Grants(policy, joined, Runnable::run, () -> now);

    /** A policy whose answers the test gives. */
    static final class Questions implements AccessPolicy {
        final List<CompletableFuture<Grant>> all = new ArrayList<>();
        boolean overloaded;

        @Override
        public Grant always(Caller caller) {
            return null;
        }

        @Override
        public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
            CompletableFuture<Grant> question =
                    overloaded ? CompletableFuture.failedFuture(OVERLOAD) : new CompletableFuture<>();
            all.add(question);
            return question;
        }

        CompletableFuture<Grant> latest() {
            return all.get(all.size() - 1);
        }

        long open() {
            return all.stream().filter(question -> !question.isDone()).count();
        }
    }

    static final class Joined implements GrantQuestions.Rooms {
        final Set<RoomName> rooms = new HashSet<>();
        final List<RoomName> decided = new ArrayList<>();

        @Override
        public boolean contains(RoomName room) {
            return rooms.contains(room);
        }

        @Override
        public Set<RoomName> all() {
            return rooms;
        }

        @Override
        public void decided(RoomName room) {
            decided.add(room);
        }
    }

    @BeforeEach
    void identify() {
        grants.identified(ANN);
    }

    void answered(RoomName room, Grant grant) {
        if (grants.answerFor(room) != null) {
            policy.latest().complete(grant);
        }
    }

    void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    void assertRefused(ErrorCode code, Permission permission, RoomName room) {
        assertThatThrownBy(() -> grants.require(permission, room))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(code));
    }
}
