package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.History;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import dev.parley.test.RecordedDraft;
import dev.parley.test.RecordingParley;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The beans of the shop, without a server. */
class ShopTest {
    private static final Caller ANN = RecordingParley.signedIn("ann");
    private static final Caller CLERK = RecordingParley.signedIn("clerk", "staff");

    private final RecordingParley parley = new RecordingParley();
    private final Orders orders = new Orders();
    private final Shipping shipping = new Shipping();
    private final Moderation moderation = new Moderation();
    private final Invoices invoices = new Invoices();
    private final OrderRooms rooms = new OrderRooms();
    private final Deliveries deliveries = new Deliveries();

    @BeforeEach
    void assemble() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        orders.database = database;
        orders.create("/shop");
        shipping.parley = parley;
        shipping.orders = orders;
        deliveries.database = database;
        deliveries.create("/shop");
        moderation.parley = parley;
        invoices.orders = orders;
        rooms.orders = orders;
        rooms.deliveries = deliveries;
        parley.observe(moderation::hear);
        parley.observe(invoices::write);
    }

    @Test
    void anOrderThatIsShippedIsToldInItsRoom() {
        shipping.ship(1);
        assertEquals(List.of(new News.Shipped(1, "tea pot")), parley.sent("order-1", News.Shipped.class));
        assertEquals(List.of(), parley.sent("order-2"));
        assertEquals(
                2, ((Body.Data) parley.signals("depot").get(0)).as(Load.class).waiting());
        assertEquals(List.of(1L), orders.invoices());
    }

    @Test
    void theCustomerIsToldOnAllDevices() {
        shipping.ship(1);
        History inbox =
                parley.principal("ann").inbox().newest(10).toCompletableFuture().join();
        assertEquals(
                Optional.of(new News.Toast("On its way")),
                inbox.entries().get(0).data(News.Toast.class));
    }

    @Test
    void anOrderIsShippedOnce() {
        shipping.ship(1);
        assertThrows(IllegalArgumentException.class, () -> shipping.ship(1));
        assertEquals(1, parley.sent("order-1").size());
    }

    @Test
    void twoShopsInOneDatabaseHaveTheirOwnOrders() {
        Orders others = new Orders();
        others.database = orders.database;
        others.create("/boutique");
        shipping.ship(1);
        assertEquals(3, others.waiting());
        assertEquals(List.of(), others.invoices());
        others.ship(1);
        assertEquals(2, orders.waiting());
    }

    @Test
    void aQuestionIsSeen() {
        parley.says(ANN, "order-1", "Where is it?");
        parley.says(ANN, "order-1", "Thank you.");
        assertEquals(List.of(new News.Asked(1, "ann")), parley.sent("order-1", News.Asked.class));
    }

    @Test
    void whatACustomerCallsShippedIsNoInvoice() {
        parley.says(ANN, "order-1", new News.Shipped(1, "tea pot"));
        assertEquals(List.of(), orders.invoices());
    }

    @Test
    void cardNumbersAreNotStored() {
        RecordedDraft draft = parley.draft(ANN, "order-1", "It is 4111 1111 1111 1111, thank you");
        moderation.mask(draft);
        assertEquals(new Body.Text("It is (card number), thank you"), draft.body());
        assertEquals(Optional.empty(), draft.refusal());
    }

    @Test
    void onlyTextsAreTaken() {
        RecordedDraft draft = parley.draft(ANN, "order-1", new Load(7));
        moderation.mask(draft);
        assertTrue(draft.refusal().isPresent());
    }

    @Test
    void customersAreInTheRoomsOfTheirOrders() {
        assertEquals(Grant.all(), rooms.decide(ANN, new RoomName("order-1")));
        assertEquals(0, rooms.decide(ANN, new RoomName("order-2")).permissions().size());
        assertEquals(
                0,
                rooms.decide(RecordingParley.guest("ann"), new RoomName("order-1"))
                        .permissions()
                        .size());
        assertEquals(Grant.all(), rooms.decide(CLERK, new RoomName("order-2")));
    }
}
