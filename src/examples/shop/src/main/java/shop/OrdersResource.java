package shop;

import dev.parley.History;
import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the page of orders asks for. {@code web.xml} lets nobody in who is not signed in. */
@Path("orders")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {
    private static final int PAGE = 20;

    @Inject
    Orders orders;

    @Inject
    Shipping shipping;

    @Inject
    Parley parley;

    /** The orders that a person may see. */
    public record Seen(String user, boolean staff, List<Order> orders) {}

    /**
     * A page of texts.
     *
     * @param first the number of the first message of the page; 0 if there is none
     * @param more whether there are earlier messages
     */
    public record Talk(List<String> texts, long first, boolean more) {
        static Talk of(History history) {
            List<Entry> entries = history.entries();
            List<String> texts = entries.stream()
                    .filter(entry -> !entry.erased())
                    .map(Entry::body)
                    .filter(Body.Text.class::isInstance)
                    .map(body -> ((Body.Text) body).value())
                    .toList();
            return new Talk(texts, entries.isEmpty() ? 0 : entries.get(0).seq(), history.more());
        }
    }

    @GET
    public Seen seen(@Context SecurityContext security) {
        String user = security.getUserPrincipal().getName();
        boolean staff = security.isUserInRole("staff");
        return new Seen(user, staff, staff ? orders.all() : orders.of(user));
    }

    @POST
    @Path("{id}/ship")
    public Response ship(@PathParam("id") long id, @Context SecurityContext security) {
        if (!security.isUserInRole("staff")) {
            return Response.status(Status.FORBIDDEN).build();
        }
        try {
            shipping.ship(id);
            return Response.noContent().build();
        } catch (OutOfStock | IllegalArgumentException why) {
            return Response.status(Status.CONFLICT)
                    .type(MediaType.TEXT_PLAIN)
                    .entity(why.getMessage())
                    .build();
        }
    }

    /** The orders that have an invoice. */
    @GET
    @Path("invoices")
    public List<Long> invoices(@Context SecurityContext security) {
        if (!security.isUserInRole("staff")) {
            throw new ForbiddenException();
        }
        return orders.invoices();
    }

    /**
     * A page of the texts about an order, for somebody without a WebSocket. No thread waits for them.
     *
     * @param before 0 for the newest page, or the {@code first} of the page after this one
     */
    @GET
    @Path("{id}/talk")
    public CompletionStage<Talk> talk(
            @PathParam("id") long id, @QueryParam("before") long before, @Context SecurityContext security) {
        String room = "order-" + id;
        if (!security.isUserInRole("staff")
                && !orders.isCustomer(security.getUserPrincipal().getName(), room)) {
            throw new ForbiddenException();
        }
        RoomHandle talk = parley.room(room);
        return (before == 0 ? talk.newest(PAGE) : talk.before(before, PAGE)).thenApply(Talk::of);
    }
}
