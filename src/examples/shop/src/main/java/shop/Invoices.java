package shop;

import dev.parley.Durable;
import dev.parley.InRoom;
import dev.parley.message.Caller;
import dev.parley.message.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Writes an invoice for each order that was shipped, also if the server stopped between the two. */
@ApplicationScoped
public class Invoices {
    @Inject
    Orders orders;

    /** It gets each entry at least once, so a repeat has no effect. A peer can send data of any kind, so the sender counts. */
    @Transactional
    void write(@Observes @Durable("invoices") @InRoom("order-*") Entry entry) {
        if (entry.caller().kind() == Caller.Kind.APPLICATION) {
            entry.data(News.Shipped.class).ifPresent(shipped -> orders.invoice(shipped.order()));
        }
    }
}
