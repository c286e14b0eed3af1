package dev.parley.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Objects of an application become data, and objects again, by the container's JSON-B. */
@ArquillianTest
class DataContainerIT {
    private static final Shipment.Order ORDER = new Shipment.Order(9_007_199_254_740_993L, "Grüße 😀 \"ann\"");

    @Inject
    Parley parley;

    @Deployment
    static WebArchive war() {
        return Container.war()
                .addClasses(Shipment.class, Shipment.Order.class, Shipment.Packed.class, Shipment.Shipped.class);
    }

    private RoomHandle room() {
        return parley.as("warehouse").room("data-" + UUID.randomUUID());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, SECONDS);
    }

    @Test
    void aRecordIsReadBackFromItsEntryAndFromTheLog() throws Exception {
        RoomHandle room = room();
        Entry sent = get(room.send(ORDER));
        Entry read = get(room.newest(1)).entries().get(0);
        for (Entry entry : List.of(sent, read)) {
            assertEquals("Order", ((Body.Data) entry.body()).kind());
            assertEquals(Optional.of(ORDER), entry.data(Shipment.Order.class));
            assertEquals(Optional.empty(), entry.data(Shipment.class));
        }
        assertEquals(Optional.empty(), get(room.send("a text")).data(Shipment.Order.class));
    }

    @Test
    void aRecordOfASealedTypeIsReadByItsKind() throws Exception {
        RoomHandle room = room();
        Shipment packed = new Shipment.Packed(ORDER, 3);
        Shipment shipped = new Shipment.Shipped(ORDER, "Post");
        get(room.send(packed));
        get(room.send("s-1", Body.Data.of(shipped)));
        List<Entry> entries = get(room.newest(2)).entries();
        assertEquals(Optional.of(packed), entries.get(0).data(Shipment.class));
        assertEquals(Optional.of(shipped), entries.get(1).data(Shipment.class));
        assertEquals(Optional.of(shipped), entries.get(1).data(Shipment.Shipped.class));
        assertEquals(Optional.empty(), entries.get(1).data(Shipment.Packed.class));
        assertEquals("Shipped", ((Body.Data) entries.get(1).body()).kind());
    }

    @Test
    void aKindOfItsOwnIsReadAsTheTypeThatIsAskedFor() throws Exception {
        Entry entry = get(room().send(Body.Data.of("order/v2", ORDER)));
        assertEquals(Optional.empty(), entry.data(Shipment.Order.class));
        assertEquals(ORDER, ((Body.Data) entry.body()).as(Shipment.Order.class));
        assertEquals(
                Map.of("a", "b"),
                ((Body.Data) get(room().send(Body.Data.of("map", Map.of("a", "b"))))
                                .body())
                        .as(Map.class));
    }

    @Test
    void anObjectThatJsonBCanNotWriteIsRefused() {
        ParleyException why = assertThrows(ParleyException.class, () -> room().send(new Unreadable()));
        assertEquals(ErrorCode.BAD_REQUEST, why.code());
        assertTrue(why.getMessage().contains("JSON-B can't write"), why.getMessage());
        ParleyException large =
                assertThrows(ParleyException.class, () -> room().send(new Shipment.Order(1, "x".repeat(70_000))));
        assertEquals(ErrorCode.TOO_LARGE, large.code());
    }

    /** Its property can't be read. */
    public static final class Unreadable {
        public String getName() {
            throw new IllegalStateException("no name");
        }
    }
}
