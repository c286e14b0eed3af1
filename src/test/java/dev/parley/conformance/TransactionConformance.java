package dev.parley.conformance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What an application sends in its transactions, inside the container: with the commit, and never after a rollback. */
abstract class TransactionConformance {
    private static final String PERSISTENCE = """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="shop">
                <class>dev.parley.conformance.Purchase</class>
                <properties>
                  <property name="jakarta.persistence.schema-generation.database.action" value="drop-and-create"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    /** Between two looks, in nanoseconds: Awaitility is not in the container. */
    static final long POLL = MILLISECONDS.toNanos(20);

    @Inject
    Parley parley;

    @Inject
    AnnotatedTransactions annotated;

    @Inject
    InnerTransactions inner;

    @Inject
    EnterpriseTransactions enterprise;

    private final List<CompletionStage<Entry>> sent = new ArrayList<>();

    static WebArchive war() {
        return Container.war()
                .addClasses(
                        TransactionConformance.class,
                        AnnotatedTransactions.class,
                        InnerTransactions.class,
                        EnterpriseTransactions.class,
                        Purchase.class,
                        Purchase.Listener.class)
                .addAsResource(new StringAsset(PERSISTENCE), "META-INF/persistence.xml");
    }

    /** Each kind of transaction, around some work. It is rolled back if the work throws. */
    private Map<String, Consumer<Runnable>> kinds() {
        return Map.of(
                "@Transactional", annotated::run,
                "an enterprise bean", enterprise::run,
                "UserTransaction", TransactionConformance::inUserTransaction);
    }

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static void inUserTransaction(Runnable work) {
        UserTransaction transaction = userTransaction();
        try {
            transaction.begin();
            try {
                work.run();
            } catch (RuntimeException e) {
                transaction.rollback();
                throw e;
            }
            transaction.commit();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static UserTransaction userTransaction() {
        try {
            return InitialContext.doLookup("java:comp/UserTransaction");
        } catch (javax.naming.NamingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsSentInATransactionIsToldOnceAfterTheCommitInItsOrder() {
        kinds().forEach((kind, transaction) -> {
            RoomHandle room = room();
            transaction.accept(() -> {
                List.of("one", "two", "three").forEach(text -> send(room, text));
                send(parley.as("herald").room(room.name()), "four");
                assertEquals(0, get(room.position()), kind);
            });
            assertEquals(4, seqOfLast(), kind);
            transaction.accept(() -> send(room, "five"));
            assertEquals(5, seqOfLast(), kind);
            assertEquals(List.of("one", "two", "three", "four", "five"), texts(room), kind);
        });
    }

    @Test
    void whatIsSentForAUserLeavesWithTheCommitAndComesFromThisUser() {
        Caller ann = new Caller(Caller.Kind.USER, "ann@example.com", new UserName("Ann"));
        kinds().forEach((kind, transaction) -> {
            RoomHandle room = room();
            assertThrows(
                    RuntimeException.class,
                    () -> transaction.accept(() -> {
                        send(parley.as(ann).room(room.name()), "never");
                        throw new Failure();
                    }),
                    kind);
            assertRolledBack(sent.get(sent.size() - 1));
            transaction.accept(() -> {
                send(room, "one");
                send(parley.as(ann).room(room.name()), "two");
                send(parley.as((Principal) () -> "bob").room(room.name()), "three");
                assertEquals(0, get(room.position()), kind);
            });
            assertEquals(3, seqOfLast(), kind);
            assertEquals(List.of("one", "two", "three"), texts(room), kind);
            List<Entry> entries = get(room.newest(10)).entries();
            assertEquals(
                    List.of(
                            new CallerId(Caller.Kind.APPLICATION, "server"),
                            new CallerId(Caller.Kind.USER, "ann@example.com"),
                            new CallerId(Caller.Kind.USER, "bob")),
                    entries.stream().map(Entry::caller).toList(),
                    kind);
            assertEquals(
                    List.of("server", "Ann", "bob"),
                    entries.stream().map(entry -> entry.from().value()).toList(),
                    kind);
        });
    }

    @Test
    void whatIsSentInATransactionIsNeverToldAfterARollback() {
        kinds().forEach((kind, transaction) -> {
            RoomHandle room = room();
            assertThrows(
                    RuntimeException.class,
                    () -> transaction.accept(() -> {
                        send(room, "never");
                        throw new Failure();
                    }),
                    kind);
            assertRolledBack(sent.get(0));
            transaction.accept(() -> send(room, "marker"));
            assertEquals(1, seqOfLast(), kind);
            assertEquals(List.of("marker"), texts(room), kind);
            sent.clear();
        });
    }

    @Test
    void nothingIsSentInATransactionThatIsMarkedForRollback() {
        RoomHandle room = room();
        assertThrows(
                IllegalStateException.class,
                () -> inUserTransaction(() -> {
                    send(room, "before the mark");
                    mark();
                    ParleyException why = assertThrows(ParleyException.class, () -> send(room, "after the mark"));
                    assertEquals(ErrorCode.UNAVAILABLE, why.code());
                    parley.now().room(room.name()).send("now");
                }));
        assertRolledBack(sent.get(0));
        inUserTransaction(() -> send(room, "marker"));
        assertEquals(2, seqOfLast());
        assertEquals(List.of("now", "marker"), texts(room));
    }

    private static void mark() {
        try {
            userTransaction().setRollbackOnly();
        } catch (jakarta.transaction.SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTransactionInsideAnotherOneHasItsOwnMessages() {
        RoomHandle room = room();
        assertThrows(
                Failure.class,
                () -> annotated.run(() -> {
                    send(room, "never, outside");
                    inner.run(() -> send(room, "one, inside"));
                    throw new Failure();
                }));
        annotated.run(() -> {
            send(room, "two, outside");
            assertThrows(
                    Failure.class,
                    () -> inner.run(() -> {
                        send(room, "never, inside");
                        throw new Failure();
                    }));
        });
        annotated.run(() -> send(room, "marker"));
        assertEquals(3, seqOfLast());
        assertEquals(List.of("one, inside", "two, outside", "marker"), texts(room));
    }

    @Test
    void whatAnEntityListenerSendsDuringTheFlushAtTheCommitIsTold() {
        RoomHandle room = room();
        annotated.run(() -> {
            annotated.store(new Purchase(room.name().value()));
            send(room, "stored");
        });
        annotated.run(() -> send(room, "marker"));
        assertEquals(3, seqOfLast());
        assertEquals(List.of("stored", "written", "marker"), texts(room));
        // Without another message in the transaction.
        RoomHandle other = room();
        annotated.run(() -> annotated.store(new Purchase(other.name().value())));
        annotated.run(() -> send(other, "marker"));
        assertEquals(2, seqOfLast());
        assertEquals(List.of("written", "marker"), texts(other));
    }

    @Test
    void whatAnObserverSendsAfterTheEndOfATransactionIsSentAtOnce() {
        RoomHandle room = room();
        annotated.run(() -> {
            annotated.fire(new Purchase(room.name().value()));
            send(room, "in the transaction");
        });
        seqOfLast();
        assertThrows(
                Failure.class,
                () -> annotated.run(() -> {
                    annotated.fire(new Purchase(room.name().value()));
                    throw new Failure();
                }));
        await(room, 3);
        assertEquals("after the rollback", texts(room).get(2));
        assertEquals(
                List.of("after the commit", "in the transaction"),
                texts(room).subList(0, 2).stream().sorted().toList());
    }

    @Test
    void whatIgnoresTheTransactionIsToldAtOnce() {
        RoomHandle room = room();
        assertThrows(
                Failure.class,
                () -> annotated.run(() -> {
                    assertEquals(
                            1,
                            get(parley.now().room(room.name()).send("at once")).seq());
                    assertEquals(
                            2,
                            get(parley.as("herald").now().room(room.name()).send("too"))
                                    .seq());
                    assertEquals(
                            "herald", parley.now().as("herald").now().name().value());
                    throw new Failure();
                }));
        assertEquals(List.of("at once", "too"), texts(room));
    }

    @Test
    void aTextAFileAndDataAreTheSameInATransaction() {
        RoomHandle room = room();
        Body file = new Body.Attachment("image/png", "a.png", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        Body data = new Body.Data("Shipped", "{\"order\":7,\"price\":1.10}");
        for (int time = 0; time < 2; time++) {
            annotated.run(() -> {
                sent.add(room.send("m-1", new Body.Text("once: Grüße 🌹")));
                sent.add(room.send("m-2", file));
                sent.add(room.send("m-3", data));
            });
            assertEquals(3, seqOfLast());
        }
        List<Entry> entries = get(room.newest(10)).entries();
        assertEquals(
                List.of(new Body.Text("once: Grüße 🌹"), file, data),
                entries.stream().map(Entry::body).toList());
        assertEquals(
                List.of("m-1", "m-2", "m-3"), entries.stream().map(Entry::id).toList());
    }

    @Test
    void whatATransactionCannotTakeIsRefusedAtOnce() {
        RoomHandle room = room();
        assertThrows(
                Failure.class,
                () -> annotated.run(() -> {
                    assertEquals(
                            ErrorCode.BAD_REQUEST,
                            assertThrows(ParleyException.class, () -> room.send(""))
                                    .code());
                    assertEquals(
                            ErrorCode.TOO_LARGE,
                            assertThrows(ParleyException.class, () -> room.send("x".repeat(1 << 20)))
                                    .code());
                    assertFalse(room.send("waits").toCompletableFuture().isDone());
                    throw new Failure();
                }));
        assertEquals(List.of(), texts(room));
    }

    RoomHandle room() {
        return parley.room("shop-" + UUID.randomUUID());
    }

    void send(RoomHandle room, String text) {
        sent.add(room.send(text));
    }

    /** Waits for the message that was sent last. */
    long seqOfLast() {
        return get(sent.get(sent.size() - 1)).seq();
    }

    private static void assertRolledBack(CompletionStage<Entry> stage) {
        ExecutionException failure = assertThrows(
                ExecutionException.class, () -> stage.toCompletableFuture().get(30, SECONDS));
        assertEquals(
                ErrorCode.UNAVAILABLE,
                assertInstanceOf(ParleyException.class, failure.getCause()).code());
    }

    static void await(RoomHandle room, long seq) {
        long patience = System.nanoTime() + SECONDS.toNanos(30);
        while (get(room.position()) < seq && System.nanoTime() < patience) {
            LockSupport.parkNanos(POLL);
        }
        assertEquals(seq, get(room.position()));
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> texts(RoomHandle room) {
        return get(room.newest(100)).entries().stream()
                .map(entry -> ((Body.Text) entry.body()).value())
                .toList();
    }
}
