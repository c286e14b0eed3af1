package dev.parley.app;

import dev.parley.InRoom;
import dev.parley.config.SettingsException;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.RoomPattern;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One observer method of an application. Its failures are logged here. Thread-safe.
 *
 * <p>The threads that call it never have a transaction. So each {@link TransactionPhase} means "at once", as for events that
 * are fired without a transaction.
 */
final class Observer<E> {
    private final ObserverMethod<? super E> method;
    /** Null for all rooms. */
    private final RoomPattern rooms;

    private final FailureLog failures;

    /** @throws SettingsException if the pattern for its rooms is not valid */
    Observer(ObserverMethod<? super E> method) {
        this.method = method;
        this.failures = new FailureLog(this.toString());
        this.rooms = qualifier(InRoom.class).map(this::pattern).orElse(null);
    }

    private RoomPattern pattern(InRoom rooms) {
        try {
            return new RoomPattern(rooms.value());
        } catch (ParleyException e) {
            throw new SettingsException(this + " has @InRoom(\"" + rooms.value() + "\"): " + e.getMessage(), e);
        }
    }

    int priority() {
        return method.getPriority();
    }

    boolean isAsync() {
        return method.isAsync();
    }

    /** Whether its parameter has exactly this type. */
    boolean observes(Class<?> type) {
        return method.getObservedType().equals(type);
    }

    <A extends Annotation> Optional<A> qualifier(Class<A> type) {
        return method.getObservedQualifiers().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    boolean hasRoomPattern() {
        return rooms != null;
    }

    /** Whether it gets the events of a room. */
    boolean isFor(RoomName room) {
        return rooms == null || rooms.matches(room);
    }

    /** Calls the observer. If it throws, this is logged. */
    void hear(E event) {
        try {
            call(event);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Calls the observer. Throws what the observer throws; a checked exception is wrapped in an unchecked one. */
    void call(E event) {
        notify(method, event);
    }

    /** Logs a failure of the observer. */
    void failed(Throwable why) {
        failures.log(why);
    }

    private static <T> void notify(ObserverMethod<T> method, T event) {
        Set<Annotation> qualifiers = new HashSet<>(method.getObservedQualifiers());
        qualifiers.add(Any.Literal.INSTANCE);
        method.notify(new Context<>(event, Set.copyOf(qualifiers)));
    }

    /** The observer, as the beginning of a sentence. */
    @Override
    public String toString() {
        return "The observer " + method;
    }

    /** The event and its metadata: it has no injection point. */
    private record Context<T>(T event, Set<Annotation> qualifiers) implements EventContext<T>, EventMetadata {
        @Override
        public T getEvent() {
            return event;
        }

        @Override
        public EventMetadata getMetadata() {
            return this;
        }

        @Override
        public Set<Annotation> getQualifiers() {
            return qualifiers;
        }

        @Override
        public InjectionPoint getInjectionPoint() {
            return null;
        }

        @Override
        public Type getType() {
            return event.getClass();
        }
    }
}
