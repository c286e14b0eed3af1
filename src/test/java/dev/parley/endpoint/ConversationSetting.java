package dev.parley.endpoint;

import static org.awaitility.Awaitility.await;

import dev.parley.access.AccessPolicy;
import dev.parley.admission.ConnectionLimit;
import dev.parley.admission.QuotaLimits;
import dev.parley.identity.Authenticators;
import dev.parley.identity.Guests;
import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.loop.Loops;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.ClientMessage;
import dev.parley.message.ConnectionTransition;
import dev.parley.message.Entry;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The setting of tests of a conversation: a policy and a log that the test controls. Without a network or a disk. */
abstract class ConversationSetting {
    static final RoomName GARDEN = new RoomName("garden");
    static final int RATE = 50;
    static final int BURST = 100;

    final ThreadFactory threads = Executors.defaultThreadFactory();
    final Loops loops = new Loops(1, threads);
    final OperatorLog operatorLog = new OperatorLog("a test", threads);
    final Questions policy = new Questions();
    final Drafts log = new Drafts();
    final List<JsonObject> sent = new CopyOnWriteArrayList<>();
    /** Notified of the transitions of all connections. */
    volatile Consumer<ConnectionTransition> observer = transition -> {};

    Connections connections;
    Conversation conversation;

    /** A policy whose answers the test gives. */
    static final class Questions implements AccessPolicy {
        final List<CompletableFuture<Grant>> all = new CopyOnWriteArrayList<>();
        /** Why nobody may be connected; null if everybody may. */
        volatile String refusal;
        /** The answer to all questions, at once; null if the test gives the answers. */
        volatile Grant answer;

        volatile boolean hasMembers;

        @Override
        public boolean hasMembers() {
            return hasMembers;
        }

        @Override
        public String refusal(Caller caller) {
            return refusal;
        }

        @Override
        public Grant always(Caller caller) {
            return null;
        }

        @Override
        public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
            CompletableFuture<Grant> question = new CompletableFuture<>();
            if (answer != null) {
                question.complete(answer);
            }
            all.add(question);
            return question;
        }
    }

    /** A log that stores each draft at once. */
    static final class Drafts extends EmptyLog {
        /** What moderators have asked for, and the answers that the test gives. */
        final List<ModerationRequest> actions = new CopyOnWriteArrayList<>();

        final List<CompletableFuture<StandingsChange>> changes = new CopyOnWriteArrayList<>();
        /** Why nothing is stored; null if everything is. */
        volatile ParleyException refusal;
        /** The threads that asked. */
        final List<Thread> askers = new CopyOnWriteArrayList<>();

        final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void append(Draft draft) {
            if (refusal != null) {
                draftListener.refused(List.of(draft), refusal);
                return;
            }
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

        @Override
        public CompletionStage<StandingsChange> moderate(ModerationRequest request) {
            CompletableFuture<StandingsChange> change = new CompletableFuture<>();
            askers.add(Thread.currentThread());
            changes.add(change);
            actions.add(request);
            return change;
        }
    }

    DraftReview review() {
        return DraftReview.NONE;
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
                        new QuotaLimits(100, 1_000, 100, 1_000, 100, 500, 1_000),
                        Duration.ofSeconds(20),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1)),
                policy,
                review(),
                new ConnectionLimit(10, 10),
                new MemoryBudget(16 << 20),
                log,
                rooms,
                new NameRegister(user -> {}),
                new Sessions(new byte[32], Duration.ofDays(1), InstantSource.system()),
                new Authenticators(List.of(new Guests())),
                loops,
                transition -> observer.accept(transition),
                operatorLog,
                threads);
        conversation = connect("", sent).conversation();
    }

    /** @param received gets what the peer is sent */
    ConnectedMember connect(String address, List<JsonObject> received) {
        Transport transport = new Transport(
                address,
                null,
                (bytes, written) -> write(bytes, written, received),
                null,
                HandshakeHead.UNKNOWN,
                Transport.NO_HTTP_SESSION,
                Set.of());
        return connections.open(session(), transport);
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

    private static void write(ByteBuffer bytes, SendHandler written, List<JsonObject> received) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        try {
            Frame frame = Frame.read(new DataInputStream(new ByteArrayInputStream(copy)))
                    .orElseThrow();
            if (frame.opcode() == Frame.TEXT) {
                JsonStructure text =
                        Json.createReader(new StringReader(frame.text())).read();
                if (text instanceof JsonArray batch) {
                    batch.stream().map(JsonValue::asJsonObject).forEach(received::add);
                } else {
                    received.add(text.asJsonObject());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written.onResult(new SendResult());
    }

    void receive(ClientMessage... frame) {
        conversation.receive(() -> conversation.handle(List.of(frame)));
    }

    static ClientMessage.Join join(int ref) {
        return new ClientMessage.Join(Ref.of(ref), GARDEN, null, null, 0);
    }

    static ClientMessage.Say say(int ref, String text) {
        return new ClientMessage.Say(Ref.of(ref), GARDEN, null, new Body.Text(text));
    }

    void answer(Grant grant) {
        await().until(() -> !policy.all.isEmpty());
        policy.all.get(0).complete(grant);
    }

    List<String> replies() {
        return sent.stream()
                .filter(message -> message.containsKey("ref") && !message.isNull("ref"))
                .map(message -> message.getString("type") + " " + message.getInt("ref"))
                .toList();
    }
}
