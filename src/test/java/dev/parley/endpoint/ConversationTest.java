package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.access.AccessPolicy;
import dev.parley.admission.ConnectionLimit;
import dev.parley.identity.Authenticators;
import dev.parley.identity.Guests;
import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.loop.Loops;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.operator.OperatorLog;
import dev.parley.outbox.MemoryBudget;
import dev.parley.room.LocalRelay;
import dev.parley.room.NameRegister;
import dev.parley.room.Rooms;
import dev.parley.security.Sessions;
import dev.parley.testing.EmptyLog;
import dev.parley.testing.Frame;
import dev.parley.transport.HandshakeHead;
import dev.parley.transport.Transport;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order in which the messages of a peer are handled while the policy has not answered. Without a network or a disk. */
class ConversationTest {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final int RATE = 50;
    private static final int BURST = 100;

    private final ThreadFactory threads = Executors.defaultThreadFactory();
    private final Loops loops = new Loops(1, threads);
    private final OperatorLog operatorLog = new OperatorLog("a test", threads);
    private final Questions policy = new Questions();
    private final Drafts log = new Drafts();
    private final List<JsonObject> sent = new CopyOnWriteArrayList<>();
    private Connections connections;
    private Conversation conversation;

    /** A policy whose answers the test gives. */
    private static final class Questions implements AccessPolicy {
        final List<CompletableFuture<Grant>> all = new CopyOnWriteArrayList<>();

        @Override
        public Grant always(Caller caller) {
            return null;
        }

        @Override
        public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
            CompletableFuture<Grant> question = new CompletableFuture<>();
            all.add(question);
            return question;
        }
    }

    /** A log that stores each draft at once. */
    private static final class Drafts extends EmptyLog {
        final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void append(Draft draft) {
            texts.add(((Body.Text) draft.body()).value());
            Entry entry = new Entry(
                    draft.room(),
                    texts.size(),
                    null,
                    draft.from().name(),
                    draft.from().id(),
                    Instant.EPOCH,
                    draft.body());
            commit(List.of(new Appended(draft, entry, false)));
        }
    }

    @BeforeEach
    void open() {
        Rooms rooms = new Rooms(log, new LocalRelay(), loops, entry -> {});
        rooms.start();
        connections = new Connections(
                new Rules(
                        new Limits(1 << 16, 1 << 20, 1 << 20, RATE),
                        BURST,
                        1 << 20,
                        1 << 24,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1)),
                policy,
                new ConnectionLimit(10, 10),
                new MemoryBudget(16 << 20),
                log,
                rooms,
                new NameRegister(user -> {}),
                new Sessions(new byte[32], Duration.ofDays(1), InstantSource.system()),
                new Authenticators(List.of(new Guests())),
                loops,
                transition -> {},
                operatorLog,
                threads);
        Transport transport =
                new Transport("", null, this::write, null, HandshakeHead.UNKNOWN, Transport.NO_HTTP_SESSION, Set.of());
        conversation = connections.open(session(), transport).conversation();
    }

    @AfterEach
    void close() {
        connections.close();
        loops.close();
        operatorLog.close();
    }

    /** The container's session, of which only this is needed. */
    private static Session session() {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, arguments) -> method.getName().equals("isOpen") ? true : null);
    }

    private void write(ByteBuffer bytes, SendHandler written) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        try {
            Frame frame = Frame.read(new DataInputStream(new ByteArrayInputStream(copy)))
                    .orElseThrow();
            if (frame.opcode() == Frame.TEXT) {
                JsonStructure text =
                        Json.createReader(new StringReader(frame.text())).read();
                if (text instanceof JsonArray batch) {
                    batch.stream().map(JsonValue::asJsonObject).forEach(sent::add);
                } else {
                    sent.add(text.asJsonObject());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written.onResult(new SendResult());
    }

    private void receive(ClientMessage... frame) {
        conversation.receive(() -> conversation.handle(List.of(frame)));
    }

    private static ClientMessage.Join join(int ref) {
        return new ClientMessage.Join(Ref.of(ref), GARDEN, null, null, 0);
    }

    private static ClientMessage.Say say(int ref, String text) {
        return new ClientMessage.Say(Ref.of(ref), GARDEN, null, new Body.Text(text));
    }

    private void answer(Grant grant) {
        await().until(() -> !policy.all.isEmpty());
        policy.all.get(0).complete(grant);
    }

    private List<String> replies() {
        return sent.stream()
                .filter(message -> message.containsKey("ref") && !message.isNull("ref"))
                .map(message -> message.getString("type") + " " + message.getInt("ref"))
                .toList();
    }

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
