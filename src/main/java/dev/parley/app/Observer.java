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
 * One {@code @Observes} method of an application, whose failures end here. For one thread.
 *
 * <p>There is never a transaction on that thread, so that each {@link TransactionPhase} means "at once", as it does for
 * events that are fired without one.
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

    /** What an observer may ask of an event; it is fired without qualifiers, and not from an injected field. */
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
