package shop;

import dev.parley.CallerHandle;
import dev.parley.Parley;
import dev.parley.message.Caller;
import dev.parley.message.ConnectionInfo;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What the desk of the clerks asks for. {@code web.xml} lets only the staff in. */
@Path("desk")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DeskResource {
    @Inject
    Parley parley;

    @Inject
    Depot depot;

    @Inject
    Delivery delivery;

    /** How many there were. */
    public record Count(long count) {}

    @GET
    @Path("depot")
    public Depot.Board board() {
        return depot.board();
    }

    /** Who is connected, with the number of their connections. */
    @GET
    @Path("connections")
    public Map<String, Long> connections() {
        return parley.connections().stream()
                .map(ConnectionInfo::caller)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Caller::getName, Collectors.counting()));
    }

    /** Ends the connections of a person, as after a change of the password. */
    @POST
    @Path("people/{id}/disconnect")
    public Count disconnect(@PathParam("id") String id) {
        return new Count(parley.principal(id).disconnect("Please sign in again."));
    }

    /** Erases what the chat has of a person, who keeps the account. */
    @DELETE
    @Path("people/{id}")
    public CompletionStage<Count> erase(@PathParam("id") String id) {
        CallerHandle person = parley.principal(id);
        person.disconnect("Your messages are erased.");
        return person.erase().thenApply(Count::new);
    }

    /** Erases a message that should not have been written. */
    @DELETE
    @Path("orders/{id}/talk/{seq}")
    public CompletionStage<Count> erase(
            @PathParam("id") long id, @PathParam("seq") long seq, @Context SecurityContext security) {
        return parley.room("order-" + id)
                .erase(seq, "by " + security.getUserPrincipal().getName())
                .thenApply(erased -> new Count(erased ? 1 : 0));
    }

    @POST
    @Path("orders/{id}/deliver")
    @Consumes(MediaType.TEXT_PLAIN)
    public Response deliver(@PathParam("id") long id, @Context SecurityContext security, String note) {
        try {
            delivery.deliver(security.getUserPrincipal(), id, note);
            return Response.noContent().build();
        } catch (IllegalArgumentException why) {
            return Response.status(Response.Status.CONFLICT)
                    .type(MediaType.TEXT_PLAIN)
                    .entity(why.getMessage())
                    .build();
        }
    }
}
