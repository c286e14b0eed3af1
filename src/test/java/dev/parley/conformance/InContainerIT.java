package dev.parley.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.room.Bot;
import dev.parley.room.Rooms;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Beans of an application, inside the container, that speak and listen. */
@ArquillianTest
class InContainerIT {
    @Inject
    Rooms rooms;

    @Inject
    Listening listening;

    @Deployment
    static WebArchive war() {
        return Container.war().addClass(Listening.class);
    }

    @Test
    void aBeanSaysSomethingAndHasItsPlaceInTheLog() throws Exception {
        RoomName room = new RoomName("beans-" + UUID.randomUUID());
        Bot bot = rooms.bot("herald");
        Entry first = bot.say(room, "one").toCompletableFuture().get(30, SECONDS);
        Entry second = bot.say(room, "two").toCompletableFuture().get(30, SECONDS);
        assertEquals(1, first.seq());
        assertEquals(2, second.seq());
        assertEquals("herald", second.from().value());
        assertEquals(new Body.Text("two"), second.body());
    }

    @Test
    void aBeanThatSaysTheSameUnderTheSameIdSaysItOnce() throws Exception {
        RoomName room = new RoomName("beans-" + UUID.randomUUID());
        Bot bot = rooms.bot("herald");
        Entry first = bot.say(room, "m-1", "once").toCompletableFuture().get(30, SECONDS);
        Entry again = bot.say(room, "m-1", "once").toCompletableFuture().get(30, SECONDS);
        assertEquals(first, again);
    }

    @Test
    void aBeanThatObservesEntriesHearsWhatIsSaid() throws Exception {
        RoomName room = new RoomName("beans-" + UUID.randomUUID());
        Entry said =
                rooms.bot("herald").say(room, "hear ye").toCompletableFuture().get(30, SECONDS);
        Entry heard = listening.nextOf(room);
        assertNotNull(heard);
        assertEquals(said, heard);
    }
}
