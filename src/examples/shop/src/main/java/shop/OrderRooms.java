package shop;

import dev.parley.RoomPolicy;
import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** A customer may be in the rooms of their orders, and write until they have arrived; the staff in all rooms, and nobody else in any. */
@ApplicationScoped
public class OrderRooms implements RoomPolicy {
    @Inject
    Orders orders;

    @Inject
    Deliveries deliveries;

    @Override
    public Grant decide(Caller who, RoomName room) {
        if (who.hasRole("staff")) {
            return Grant.all();
        }
        if (who.kind() != Caller.Kind.USER || !orders.isCustomer(who.getName(), room.value())) {
            return Grant.none().because("This is the order of somebody else.");
        }
        return deliveries.isDelivered(room.value()) ? Grant.read().because("This order has arrived.") : Grant.all();
    }
}
