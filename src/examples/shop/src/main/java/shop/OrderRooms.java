package shop;

import dev.parley.RoomPolicy;
import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** A customer may be in the rooms of their orders, the staff in all rooms, and nobody else in any. */
@ApplicationScoped
public class OrderRooms implements RoomPolicy {
    @Inject
    Orders orders;

    @Override
    public Grant decide(Caller who, RoomName room) {
        if (who.hasRole("staff")) {
            return Grant.all();
        }
        return who.kind() == Caller.Kind.USER && orders.isCustomer(who.getName(), room.value())
                ? Grant.all()
                : Grant.none().because("This is the order of somebody else.");
    }
}
