package shop;

import dev.parley.Parley;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Ships orders, and tells everybody who is concerned. */
@ApplicationScoped
public class Shipping {
    @Inject
    Parley parley;

    @Inject
    Orders orders;

    /** @throws OutOfStock if the product is not there; then the order waits as before */
    @Transactional
    public void ship(long id) {
        Order order = orders.ship(id);
        // These leave with the commit, never after a rollback.
        parley.room(order.room()).send(new News.Shipped(id, order.product()));
        parley.room(Depot.ROOM).send(new News.Shipped(id, order.product()));
        parley.principal(order.customer()).send(new News.Toast("On its way"));
        orders.takeFromStock(order.product());
        parley.room(Depot.ROOM).signal(new Load(orders.waiting()));
    }
}
