package dev.parley.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.Parley;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** An application's observers, and what it hangs on its messages, have what a container gives to an application. */
@ArquillianTest
class ObserversContainerIT {
    @Inject
    Parley parley;

    @Inject
    Observed observed;

    @Deployment
    static WebArchive war() {
        return Container.war()
                .addClasses(
                        Observed.class,
                        Observed.InRequest.class,
                        StoringObserver.class,
                        FailingObserver.class,
                        AsyncObserver.class,
                        DurableObserver.class);
    }

    /** The bean with the data source is first created by the entry, on the thread that notifies it. */
    @Test
    void anObserverReachesItsDataSourceBesideOthersThatFail() throws Exception {
        RoomName room = say();
        assertEquals("1", observed.next(StoringObserver.class, room));
    }

    @Test
    void anObserverHasARequestOfItsOwnForEachEntry() throws Exception {
        RoomName one = say();
        RoomName other = say();
        String first = observed.next(Observed.InRequest.class, one);
        String second = observed.next(Observed.InRequest.class, other);
        assertNotEquals(first, second);
    }

    @Test
    void anAsynchronousObserverHears() throws Exception {
        RoomName room = say();
        assertEquals("1", observed.next(AsyncObserver.class, room));
    }

    @Test
    void aDurableObserverGetsAnEntryAgainForWhichItFailed() throws Exception {
        RoomName room = say();
        assertEquals("1 true", observed.next(DurableObserver.class, room));
    }

    @Test
    void whatDependsOnAMessageRunsWhereTheApplicationsNamesAreKnown() throws Exception {
        CompletableFuture<Entry> said = parley.as("herald")
                .room("beans-" + UUID.randomUUID())
                .send("hear ye")
                .toCompletableFuture();
        CompletableFuture<Object> found = said.thenApply(entry -> {
            try {
                assertFalse(Thread.currentThread().getName().contains("ForkJoin"));
                return InitialContext.<Object>doLookup("java:comp/DefaultDataSource");
            } catch (NamingException e) {
                throw new IllegalStateException(e);
            }
        });
        assertInstanceOf(DataSource.class, found.get(30, SECONDS));
        assertTrue(said.isDone());
    }

    private RoomName say() {
        RoomName room = new RoomName("beans-" + UUID.randomUUID());
        parley.as("herald").room(room).send("hear ye");
        return room;
    }
}
