package shop;

import dev.parley.Parley;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** What waits in the depot. */
@ApplicationScoped
public class Depot {
    static final String ROOM = "depot";

    @Inject
    Parley parley;

    @Inject
    Orders orders;

    /**
     * @param waiting the orders that are not shipped
     * @param since a page that joins the room of the depot there gets every later change
     */
    public record Board(List<Order> waiting, long since) {}

    /** The position comes before the first read of the database: so no change is missing, and a page may see one twice. */
    @Transactional
    public Board board() {
        long since = parley.room(ROOM).position().toCompletableFuture().join();
        return new Board(orders.all().stream().filter(order -> !order.shipped()).toList(), since);
    }
}
