package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.ConnectionState;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What moderators do, while other parts of the server are busy or fail. */
@Timeout(60)
class ModerationTest extends ConversationSetting {
    private static final User APPLICATION = new User("bean:server", new UserName("server"));
    private static final Grant MODERATOR = Grant.of(Set.of(Permission.READ, Permission.SAY, Permission.MODERATE));

    private static ClientMessage.Moderate mute(int ref, String id) {
        return new ClientMessage.Moderate(
                Ref.of(ref), GARDEN, ModerationAction.MUTE, null, id, null, null, false, null);
    }

    /** The user of a connection that has just opened. */
    private static CallerId user(ConnectedMember member) {
        member.conversation()
                .receive(() -> member.conversation().handle(List.of(new ClientMessage.Hello(null, null, null, null))));
        return member.user().id();
    }

    private void banFromTheServer(CallerId whom, CallerId... others) {
        ModerationOrder ban =
                new ModerationOrder(null, ModerationAction.BAN, Target.caller(whom), null, null, false, null);
        connections.moderation().moderate(APPLICATION, "", ban);
        Standing banned = Standing.NONE.bannedUntil(Standing.FOREVER);
        Map<String, Standing> changed = new HashMap<>(Map.of(whom.key(), banned));
        for (CallerId other : others) {
            changed.put(other.key(), banned);
        }
        log.changes.get(0).complete(new StandingsChange(null, changed, 0, false));
    }

    private static List<Integer> codes(List<JsonObject> received) {
        return received.stream()
                .filter(message -> message.getString("type").equals("bye"))
                .map(message -> message.getInt("code"))
                .toList();
    }

    @Test
    void theNextMessageIsNotHandledOnTheThreadOfTheLogThatAnswers() {
        receive(mute(1, "bob"), mute(2, "carol"));
        answer(MODERATOR);
        await().until(() -> log.changes.size() == 1);
        log.changes.get(0).completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, "the disk"));
        await().until(() -> log.changes.size() == 2);
        assertThat(log.askers).doesNotContain(Thread.currentThread());
        log.changes.get(1).complete(new StandingsChange(GARDEN, Map.of(), 0, false));
        await().untilAsserted(() -> assertThat(replies()).containsExactly("error 1", "moderated 2"));
        assertThat(log.actions)
                .extracting(ModerationRequest::whom)
                .extracting(CallerId::id)
                .containsExactly("bob", "carol");
    }

    @Test
    void aUserThatIsBannedFromTheServerTakesOverNoConnection() {
        List<JsonObject> first = new CopyOnWriteArrayList<>();
        ConnectedMember mallory = connect("", first);
        user(mallory);
        await().until(() -> !first.isEmpty());
        String session = first.get(0).getString("session");
        policy.refusal = "you are banned";
        List<JsonObject> received = new CopyOnWriteArrayList<>();
        ConnectedMember back = connect("", received);
        ClientMessage hello = new ClientMessage.Hello(null, null, null, session);
        back.conversation().receive(() -> back.conversation().handle(List.of(hello)));
        await().untilAsserted(() -> assertThat(codes(received)).containsExactly(4403));
        assertThat(back.user()).isNull();
        assertThat(received).hasSize(1);
        assertThat(mallory.connection().status.isOpen()).isTrue();
    }

    @Test
    void aBanIsInEffectWhileAllClosersWait() {
        List<JsonObject> received = new CopyOnWriteArrayList<>();
        CallerId mallory = user(connect("", received));
        CountDownLatch end = new CountDownLatch(1);
        try {
            for (int i = 0; i < 100; i++) {
                connections.later(() -> block(end));
            }
            banFromTheServer(mallory);
            await().untilAsserted(() -> assertThat(codes(received)).containsExactly(4403));
        } finally {
            end.countDown();
        }
    }

    private void joinSlow() {
        receive(join(1));
        Grant all = Grant.all();
        answer(new Grant(all.permissions(), all.timeToLive(), Duration.ofMinutes(10), null));
        await().untilAsserted(() -> assertThat(replies()).containsExactly("joined 1"));
    }

    @Test
    void aMessageThatTheLogRejectsDoesNotCountForTheSlowMode() {
        joinSlow();
        log.refusal = new ParleyException(ErrorCode.UNAVAILABLE, "the disk is full");
        receive(say(2, "one"));
        await().untilAsserted(() -> assertThat(replies()).endsWith("error 2"));
        log.refusal = null;
        receive(say(3, "two"));
        await().untilAsserted(() -> assertThat(replies()).endsWith("said 3"));
        receive(say(4, "three"));
        await().untilAsserted(() -> assertThat(replies()).endsWith("error 4"));
        assertThat(log.texts).containsExactly("two");
    }

    @Test
    void aMessageThatIsTooFastForTheRoomDoesNotCountForTheQuotas() {
        joinSlow();
        receive(say(2, "one"));
        for (int i = 0; i < 20; i++) {
            receive(say(3, "x".repeat(400_000)));
        }
        RoomName cellar = new RoomName("cellar");
        receive(new ClientMessage.Join(Ref.of(4), cellar, null, null, 0));
        await().until(() -> policy.all.size() == 2);
        policy.all.get(1).complete(Grant.all());
        receive(new ClientMessage.Say(Ref.of(5), cellar, null, new Body.Text("x".repeat(400_000))));
        await().untilAsserted(() -> assertThat(replies()).contains("said 5"));
        assertThat(log.texts).hasSize(2);
    }

    private static void block(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aConnectionThatCannotBeClosedInOrderKeepsNoOther() {
        List<JsonObject> received = new CopyOnWriteArrayList<>();
        CallerId mallory = user(connect("", received));
        CallerId eve = user(connect("", received));
        AtomicBoolean failed = new AtomicBoolean();
        observer = transition -> {
            if (transition.to() == ConnectionState.CLOSING && !failed.getAndSet(true)) {
                throw new IllegalStateException("a defect");
            }
        };
        banFromTheServer(mallory, eve);
        await().untilAsserted(() -> assertThat(codes(received)).containsExactly(4403));
        await().until(() -> connections.ofApplication().snapshot().size() == 1);
    }
}
