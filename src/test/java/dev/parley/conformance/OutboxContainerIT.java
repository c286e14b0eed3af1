package dev.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.RoomHandle;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Transactions of an application whose messages wait for the commit in a table of its database. */
@ArquillianTest
class OutboxContainerIT extends TransactionConformance {
    private static final String DATABASE = "java:comp/DefaultDataSource";

    @Deployment(name = "settings", order = 1, testable = false)
    static WebArchive settings() {
        return Container.settings("outbox", Map.of("parley.outbox.datasource", DATABASE));
    }

    @Deployment(order = 2)
    static WebArchive application() {
        return war();
    }

    @Deployment(name = "second", order = 3, testable = false)
    static WebArchive second() {
        return TwoApplicationsContainerIT.second();
    }

    /**
     * Payara 6.2025.9 gives a transaction a second connection of a data source that is not XA while the first is in use, but this one
     * takes no part in the transaction. So nothing may be stored in it.
     */
    @Test
    @Override
    void whatAnEntityListenerSendsDuringTheFlushAtTheCommitIsTold() {
        if (System.getProperty("com.sun.aas.instanceRoot") == null) {
            super.whatAnEntityListenerSendsDuringTheFlushAtTheCommitIsTold();
            return;
        }
        RoomHandle room = room();
        RuntimeException refused = assertThrows(
                RuntimeException.class,
                () -> annotated.run(() -> {
                    annotated.store(new Purchase(room.name().value()));
                    room.send("rolled back");
                }));
        assertTrue(
                Stream.<Throwable>iterate(refused, Objects::nonNull, Throwable::getCause)
                        .anyMatch(cause -> cause instanceof ParleyException why && why.code() == ErrorCode.UNAVAILABLE),
                () -> refused.toString());
        annotated.run(() -> send(room, "marker"));
        assertEquals(1, seqOfLast());
        assertEquals(List.of("marker"), texts(room));
    }

    @Test
    void whatWasCommittedBeforeACrashIsToldOnceAndInItsOrder() throws SQLException {
        RoomHandle room = room();
        add("parley", room.name().value(), "crash-1", "one");
        add("parley", room.name().value(), "crash-2", "two");
        // The crash came after the append, and before the row was deleted.
        add("parley", room.name().value(), "crash-1", "one");
        await(room, 2);
        awaitNoRows("parley");
        annotated.run(() -> send(room, "three"));
        assertEquals(3, seqOfLast());
        assertEquals(List.of("one", "two", "three"), texts(room));
        awaitNoRows("parley");
    }

    @Test
    void whatWasSentForAUserBeforeACrashComesFromThisUser() throws SQLException {
        RoomHandle room = room();
        add("parley", room.name().value(), "crash-1", "one");
        add("parley", room.name().value(), "bob", "bob@example.com", "crash-1", "two");
        add("parley", room.name().value(), "bob", "bob@example.com", "crash-1", "two");
        await(room, 2);
        awaitNoRows("parley");
        assertEquals(List.of("one", "two"), texts(room));
        assertEquals(
                List.of(
                        new CallerId(Caller.Kind.APPLICATION, "server"),
                        new CallerId(Caller.Kind.USER, "bob@example.com")),
                get(room.newest(10)).entries().stream().map(Entry::caller).toList());
    }

    @Test
    void eachApplicationSendsItsOwnMessages() throws SQLException {
        RoomHandle room = room();
        String other = "parley/" + TwoApplicationsContainerIT.SECOND;
        // Payara's database is a file, which other runs have used too.
        long ofNobody = rows("parley/nobody");
        add(other, room.name().value(), "other-1", "for the other one");
        add("parley/nobody", room.name().value(), "other-2", "for nobody");
        awaitNoRows(other);
        annotated.run(() -> send(room, "here"));
        assertEquals(1, seqOfLast());
        assertEquals(ofNobody + 1, rows("parley/nobody"));
    }

    @Test
    void aRowThatIsNoMessageIsPutAsideAndHoldsNothingUp() throws SQLException {
        RoomHandle room = room();
        long rejected = rows("rejected");
        add("parley", "no room", "bad-1", "nowhere");
        annotated.run(() -> send(room, "somewhere"));
        assertEquals(1, seqOfLast());
        awaitNoRows("parley");
        assertEquals(rejected + 1, rows("rejected"));
    }

    private static void add(String store, String room, String id, String text) throws SQLException {
        add(store, room, "server", null, id, text);
    }

    private static void add(String store, String room, String sender, String userId, String id, String text)
            throws SQLException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try (Connection connection = database().getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into parley_outbox (store, room, sender, user_id, message_id, bytes, content)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)) {
            insert.setString(1, store);
            insert.setString(2, room);
            insert.setString(3, sender);
            insert.setString(4, userId);
            insert.setString(5, id);
            insert.setInt(6, content.length);
            insert.setBytes(7, content);
            assertEquals(1, insert.executeUpdate());
        }
    }

    private static void awaitNoRows(String store) throws SQLException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (rows(store) > 0 && System.nanoTime() < patience) {
            LockSupport.parkNanos(POLL);
        }
        assertEquals(0, rows(store));
    }

    private static long rows(String store) throws SQLException {
        try (Connection connection = database().getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select count(*) from parley_outbox where store = ?")) {
            query.setString(1, store);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static DataSource database() {
        try {
            return InitialContext.doLookup(DATABASE);
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }
}
