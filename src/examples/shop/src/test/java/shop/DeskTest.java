package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.message.AuditEntry;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.Entry;
import dev.parley.message.Grant;
import dev.parley.message.ModerationAction;
import dev.parley.message.RoomName;
import dev.parley.test.RecordingParley;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the clerks do, without a server. */
class DeskTest {
    private static final Caller ANN = RecordingParley.signedIn("ann");
    private static final Principal CLERK = () -> "clerk";

    private final RecordingParley parley = new RecordingParley();
    private final Orders orders = new Orders();
    private final Deliveries deliveries = new Deliveries();
    private final Shipping shipping = new Shipping();
    private final Delivery delivery = new Delivery();
    private final Depot depot = new Depot();
    private final OrderRooms rooms = new OrderRooms();
    private final DeskResource desk = new DeskResource();

    @BeforeEach
    void assemble() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        orders.database = database;
        orders.create("/shop");
        deliveries.database = database;
        deliveries.create("/shop");
        shipping.parley = parley;
        shipping.orders = orders;
        delivery.parley = parley;
        delivery.orders = orders;
        delivery.deliveries = deliveries;
        depot.parley = parley;
        depot.orders = orders;
        rooms.orders = orders;
        rooms.deliveries = deliveries;
        desk.parley = parley;
        parley.observe(delivery::close);
    }

    @Test
    void theNoteOfADeliveryIsOfTheClerk() {
        shipping.ship(1);
        delivery.deliver(CLERK, 1, "Your neighbour has it.");

        Entry note = parley.sent("order-1").get(1);
        assertEquals(new Body.Text("Your neighbour has it."), note.body());
        assertEquals("clerk", note.from().value());
        assertEquals(Caller.Kind.USER, note.caller().kind());
        assertEquals(List.of(new News.Delivered(1)), parley.sent("order-1", News.Delivered.class));
    }

    @Test
    void theRoomOfAnOrderThatHasArrivedIsKeptForAMonthAndOnlyRead() {
        shipping.ship(1);
        assertEquals(Grant.all(), rooms.decide(ANN, new RoomName("order-1")));
        delivery.deliver(CLERK, 1, "Here you are.");

        AuditEntry kept = parley.audit(0, 10).toCompletableFuture().join().get(0);
        assertEquals(ModerationAction.KEEP, kept.action());
        assertEquals("30 days", kept.reason());
        assertEquals(List.of("order-1"), parley.rechecks());
        Grant grant = rooms.decide(ANN, new RoomName("order-1"));
        assertEquals(Grant.read().permissions(), grant.permissions());
        assertEquals(Grant.all(), rooms.decide(ANN, new RoomName("order-3")));
    }

    @Test
    void whatACustomerCallsDeliveredClosesNothing() {
        parley.says(ANN, "order-1", new News.Delivered(1));
        assertEquals(List.of(), parley.rechecks());
    }

    @Test
    void anOrderIsDeliveredOnceAndNotBeforeItIsShipped() {
        assertThrows(IllegalArgumentException.class, () -> delivery.deliver(CLERK, 1, "Here you are."));
        shipping.ship(1);
        delivery.deliver(CLERK, 1, "Here you are.");
        assertThrows(IllegalArgumentException.class, () -> delivery.deliver(CLERK, 1, "Again."));
    }

    @Test
    void theBoardOfTheDepotSaysWhereItsChangesBegin() {
        Depot.Board before = depot.board();
        shipping.ship(1);
        assertEquals(
                List.of(1L, 2L, 3L), before.waiting().stream().map(Order::id).toList());
        List<Entry> later = parley.room("depot")
                .after(before.since(), 10)
                .toCompletableFuture()
                .join()
                .entries();
        assertEquals(1, later.size());
        assertEquals(1, depot.board().since());
        assertEquals(
                List.of(2L, 3L), depot.board().waiting().stream().map(Order::id).toList());
    }

    @Test
    void theDeskSeesAndEndsConnections() {
        parley.connects(ANN);
        parley.connects(ANN);
        assertEquals(Map.of("ann", 2L), desk.connections());
        assertEquals(2, desk.disconnect("ann").count());
        assertEquals(Map.of(), desk.connections());
    }

    @Test
    void thePersonThatIsErasedIsGoneFromTheTalk() {
        parley.connects(ANN);
        parley.says(ANN, "order-1", "I live next to the mill.");
        assertEquals(1, desk.erase("ann").toCompletableFuture().join().count());
        assertTrue(parley.entries("order-1").get(0).erased());
        assertEquals(Map.of(), desk.connections());
    }
}
