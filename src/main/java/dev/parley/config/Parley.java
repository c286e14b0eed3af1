package dev.parley.config;

import dev.parley.endpoint.Admission;
import dev.parley.endpoint.ConnectionTransition;
import dev.parley.endpoint.Connections;
import dev.parley.endpoint.Rules;
import dev.parley.endpoint.Seats;
import dev.parley.log.JdbcLog;
import dev.parley.message.Entry;
import dev.parley.room.Feed;
import dev.parley.room.Loops;
import dev.parley.room.MessageLog;
import dev.parley.room.Rooms;
import dev.parley.room.Roster;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Puts the parts together, the same in every container and without one: starts them with the application, offers them
 * for injection, and ends them in the order in which nothing is lost. Thread-safe.
 */
@ApplicationScoped
public class Parley {
    @Inject
    private Event<Entry> entryEvent;

    @Inject
    private Event<ConnectionTransition> transitionEvent;

    @Inject
    private BeanManager beans;

    private Settings settings;
    private MessageLog log;
    private Loops loops;
    private Feed feed;
    private Rooms rooms;
    private Transitions transitions;
    private Seats seats;
    private Connections connections;

    @PostConstruct
    void assemble() {
        settings = Settings.ofSystem();
        try {
            start();
        } catch (RuntimeException e) {
            // Nobody else ends what was begun: the folder would stay claimed, and the next start would be refused.
            end();
            throw e;
        }
    }

    private void start() {
        log = JdbcLog.open(settings.data(), new Threads("log"));
        loops = new Loops(Math.max(2, Runtime.getRuntime().availableProcessors()), new Threads("loop"));
        feed = new Feed(log, entryEvent::fire, new Threads("feed"));
        Roster roster = new Roster();
        rooms = new Rooms(log, loops, roster, feed);
        rooms.start();
        transitions = new Transitions(transitionEvent, beans, new Threads("transitions"));
        Rules rules = new Rules(
                settings.limits(), settings.burst(), settings.heartbeat(), settings.guests(), settings.drain());
        seats = new Seats(settings.connections(), settings.connectionsOfAddress());
        connections = new Connections(rules, seats, rooms, roster, loops, transitions, new Threads("connections"));
    }

    /** Being told of the start is what makes this bean start with the application, and fail with it. */
    void started(@Observes @Initialized(ApplicationScoped.class) Object application) {
        System.getLogger(Parley.class.getName())
                .log(System.Logger.Level.INFO, "Parley keeps its rooms in {0}", settings.data());
    }

    /** While the container still lets connections be spoken to. */
    void stopping(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        drain();
    }

    /** Says good-bye to every connection. Blocks until all have gone, at most for {@code parley.drain}. */
    public void drain() {
        connections.drain();
    }

    @PreDestroy
    void end() {
        Stream.of(connections, log, loops, feed, transitions)
                .filter(Objects::nonNull)
                .forEach(Parley::close);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.getLogger(Parley.class.getName()).log(System.Logger.Level.WARNING, "a part did not end", e);
        }
    }

    @Produces
    @Singleton
    Rooms rooms() {
        return rooms;
    }

    @Produces
    @Singleton
    Connections connections() {
        return connections;
    }

    @Produces
    @Singleton
    Admission admission() {
        return new Admission(settings.origins(), seats);
    }

    @Produces
    @Named("parley.greeter")
    boolean greeter() {
        return settings.greeter();
    }
}
