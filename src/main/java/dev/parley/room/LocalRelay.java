package dev.parley.room;

import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.util.List;

/**
 * The relay of a single node. It passes entries to the rooms at once, on the thread that publishes them. It loses nothing, and
 * has no thread and no queue. Thread-safe.
 */
public final class LocalRelay implements Relay {
    private volatile Listener listener;

    @Override
    public void start(Listener rooms) {
        listener = rooms;
    }

    @Override
    public void publish(List<Entry> entries) {
        listener.heard(entries);
    }

    @Override
    public void publishErased(List<ServerMessage.Erased> erased) {
        listener.heardErased(erased);
    }

    @Override
    public void close() {
        // Outside of publish(), no work is running.
    }
}
