package dev.parley.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.History;
import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Beans of an application, inside the container, that speak and listen. */
@ArquillianTest
class InContainerIT {
    @Inject
    Parley parley;

    @Inject
    Listening listening;

    @Deployment
    static WebArchive war() {
        return Container.war().addClasses(Listening.class, Basket.class);
    }

    @Test
    void aBeanSaysSomethingAndHasItsPlaceInTheLog() throws Exception {
        RoomName room = new RoomName("beans-" + UUID.randomUUID());
        RoomHandle handle = parley.as("herald").room(room);
        Entry first = handle.send("one").toCompletableFuture().get(30, SECONDS);
        Entry second = handle.send("two").toCompletableFuture().get(30, SECONDS);
        assertEquals(1, first.seq());
        assertEquals(2, second.seq());
        assertEquals("herald", second.from().value());
        assertEquals(new Body.Text("two"), second.body());
    }

    @Test
    void aBeanThatSaysTheSameUnderTheSameIdSaysItOnce() throws Exception {
        RoomName room = new RoomName("beans-" + UUID.randomUUID());
        RoomHandle handle = parley.as("herald").room(room);
        Entry first =
                handle.send("m-1", new Body.Text("once")).toCompletableFuture().get(30, SECONDS);
        Entry again =
                handle.send("m-1", new Body.Text("once")).toCompletableFuture().get(30, SECONDS);
        assertEquals(first, again);
    }

    @Test
    void aBeanThatObservesEntriesHearsWhatIsSaid() throws Exception {
        RoomName room = new RoomName("beans-" + UUID.randomUUID());
        Entry said = parley.as("herald")
                .room(room)
                .send("hear ye")
                .toCompletableFuture()
                .get(30, SECONDS);
        Entry heard = listening.nextOf(room);
        assertNotNull(heard);
        assertEquals(said, heard);
    }

    @Test
    void aBeanUsesTheDirectRoomOfTwoUsersByBothIds() throws Exception {
        String ann = "ann-" + UUID.randomUUID() + "@example.com";
        String bob = "bob-" + UUID.randomUUID() + "@example.com";
        RoomHandle room = parley.as("herald").room(RoomName.direct(bob, ann));
        Entry said = get(room.send("You two should meet"));
        assertEquals(List.of(ann, bob), said.room().ids());
        assertTrue(said.room().isDirect());
        assertEquals(said, listening.nextOf(RoomName.direct(ann, bob)));
        assertEquals(List.of("You two should meet"), texts(get(room.newest(2))));
        refused(ErrorCode.BAD_REQUEST, () -> parley.room("@" + bob));
        refused(ErrorCode.BAD_REQUEST, () -> parley.room(RoomName.with(bob)));
    }

    @Test
    void aBeanReadsARoom() throws Exception {
        RoomHandle room = parley.as("herald").room("beans-" + UUID.randomUUID());
        assertEquals(0, get(room.position()));
        for (String text : List.of("one", "two", "three")) {
            get(room.send(text));
        }
        assertEquals(3, get(room.position()));
        assertEquals(List.of("two", "three"), texts(get(room.newest(2))));
        assertTrue(get(room.newest(2)).more());
        assertEquals(List.of("one"), texts(get(room.before(2, 2))));
        assertFalse(get(room.before(2, 2)).more());
        assertEquals(List.of("two"), texts(get(room.after(1, 1))));
        assertTrue(get(room.after(1, 1)).more());
        assertEquals(List.of(), get(room.members()));
        assertFalse(parley.rooms().contains(room.name()));
    }

    @Test
    void aBeanThatAsksForWhatCannotBeIsToldAtOnce() {
        RoomHandle room = parley.room("beans-" + UUID.randomUUID());
        refused(ErrorCode.BAD_REQUEST, () -> room.send(""));
        refused(ErrorCode.BAD_REQUEST, () -> room.send("i".repeat(65), new Body.Text("long id")));
        refused(ErrorCode.TOO_LARGE, () -> room.send("x".repeat(1 << 20)));
        refused(ErrorCode.BAD_REQUEST, () -> room.newest(0));
        refused(ErrorCode.BAD_REQUEST, () -> room.before(-1, 10));
        refused(ErrorCode.BAD_REQUEST, () -> parley.room("no room"));
        refused(ErrorCode.BAD_REQUEST, () -> parley.as(""));
        refused(ErrorCode.BAD_REQUEST, () -> parley.user("ann").disconnect("x".repeat(124)));
        assertEquals(0, parley.user("nobody").disconnect("not here"));
    }

    @Test
    void whatABeanHasInjectedIsStillGoodAfterPassivation() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(parley);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
                return Class.forName(
                        type.getName(), false, Thread.currentThread().getContextClassLoader());
            }
        }) {
            Parley activated = (Parley) in.readObject();
            RoomName room = new RoomName("beans-" + UUID.randomUUID());
            assertEquals(1, get(activated.room(room).send("active again")).seq());
        }
    }

    private static void refused(ErrorCode code, Executable call) {
        assertEquals(code, assertThrows(ParleyException.class, call).code());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, SECONDS);
    }

    private static List<String> texts(History page) {
        return page.entries().stream()
                .map(entry -> ((Body.Text) entry.body()).value())
                .toList();
    }
}
