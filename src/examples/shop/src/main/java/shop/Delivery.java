package shop;

import dev.parley.Durable;
import dev.parley.InRoom;
import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.message.Caller;
import dev.parley.message.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.Principal;
import java.time.Duration;

/** Hands orders over, and closes their rooms. */
@ApplicationScoped
public class Delivery {
    private static final Duration KEPT = Duration.ofDays(30);

    @Inject
    Parley parley;

    @Inject
    Orders orders;

    @Inject
    Deliveries deliveries;

    /**
     * The customer reads the note of the clerk, under the clerk's name.
     *
     * @throws IllegalArgumentException if the order is not on its way
     */
    @Transactional
    public void deliver(Principal clerk, long id, String note) {
        Order order = orders.all().stream()
                .filter(each -> each.id() == id && each.shipped())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Order " + id + " is not on its way."));
        deliveries.arrived(order);
        parley.as(clerk).room(order.room()).send(note);
        parley.room(order.room()).send(new News.Delivered(id));
    }

    /**
     * Only what is sent waits for a commit, so this comes after it, and comes again if the server stopped meanwhile. A repeat has no effect.
     */
    void close(@Observes @Durable("delivery") @InRoom("order-*") Entry entry) {
        if (entry.caller().kind() == Caller.Kind.APPLICATION
                && entry.data(News.Delivered.class).isPresent()) {
            RoomHandle room = parley.room(entry.room());
            room.keep(KEPT).toCompletableFuture().join();
            // OrderRooms says now that the customer only reads.
            room.recheck();
        }
    }
}
