package dev.parley.app;

import dev.parley.message.ConnectionTransition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Drops transitions if the queue of their observers is full, and logs one warning. Thread-safe. */
final class DroppedTransitions implements EventDispatch.Overflow<ConnectionTransition> {
    private static final Logger LOG = System.getLogger(DroppedTransitions.class.getName());

    private final AtomicBoolean warned = new AtomicBoolean();

    @Override
    public boolean takesBehind(ConnectionTransition transition) {
        return false;
    }

    @Override
    public void take(ConnectionTransition transition) {
        if (warned.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "The observers of ConnectionTransition are too slow: they miss some transitions");
        }
    }

    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public void giveTo(Consumer<ConnectionTransition> observers) {}
}
