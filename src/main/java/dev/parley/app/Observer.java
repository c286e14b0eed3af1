package dev.parley.app;

import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * One {@code @Observes} method of an application. Its failures are logged here. For one thread.
 *
 * <p>This thread never has a transaction. So each {@link TransactionPhase} means "at once", as for events that are fired
 * without a transaction.
 */
final class Observer<E> {
    private final ObserverMethod<? super E> method;
    private final FailureLog failures;

    Observer(ObserverMethod<? super E> method) {
        this.method = method;
        this.failures = new FailureLog("The observer " + method);
    }

    void hear(E event) {
        try {
            notify(method, event);
        } catch (RuntimeException | Error e) {
            failures.log(e);
        }
    }

    private static <T> void notify(ObserverMethod<T> method, T event) {
        method.notify(new Context<>(event));
    }

    /** The event and its metadata: it has no qualifiers and no injection point. */
    private record Context<T>(T event) implements EventContext<T>, EventMetadata {
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
            return Set.of(Any.Literal.INSTANCE);
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
