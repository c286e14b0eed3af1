package dev.parley.access;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AccessPolicy} promises. The test of a policy extends this class. */
public abstract class PolicyContract {
    protected static final Caller GUEST = new Caller(Caller.Kind.GUEST, "s1", new UserName("guest"));
    protected static final Caller USER = new Caller(Caller.Kind.USER, "ann", new UserName("ann"));
    protected static final RoomName GARDEN = new RoomName("garden");

    private AccessPolicy policy;

    /** Makes the policy; called once for each test. */
    protected abstract AccessPolicy policy();

    @BeforeEach
    void open() {
        policy = policy();
    }

    @AfterEach
    void close() {
        policy.close();
    }

    /** The answer of the policy, as the server finds it. */
    protected final Grant grant(Caller caller, RoomName room) {
        Grant always = policy.always(caller);
        return always != null
                ? always
                : policy.decide(caller, room).orTimeout(30, SECONDS).join();
    }

    @Test
    void whatHoldsAlwaysDoesNotChange() {
        assertThat(Stream.of(GUEST, USER))
                .allSatisfy(caller -> assertThat(policy.always(caller)).isEqualTo(policy.always(caller)));
    }

    @Test
    void eachQuestionHasAnAnswerAlsoWhereOthersAreCancelled() {
        List<CompletableFuture<Grant>> questions = new ArrayList<>();
        for (int i = 0; i < AccessPolicy.MOST_RENEWALS; i++) {
            policy.decide(i % 3 == 0 ? GUEST : USER, new RoomName("room-" + i)).cancel(false);
            questions.add(policy.decide(i % 3 == 0 ? GUEST : USER, new RoomName("room-" + i)));
        }
        assertThat(questions)
                .allSatisfy(question ->
                        assertThat(question.orTimeout(30, SECONDS).join()).isNotNull());
    }

    @Test
    void itSaysWhatItMeansForPeople() {
        assertThat(policy.toString()).contains(" ").doesNotContain("@", "[");
    }
}
