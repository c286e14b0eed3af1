package dev.parley.room;

import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.util.List;

/** Brings nothing by itself: the test says what comes, and when. */
final class SilentRelay implements Relay {
    private volatile Listener listener;
    volatile boolean failing;

    @Override
    public void start(Listener rooms) {
        listener = rooms;
    }

    @Override
    public void publish(List<Entry> entries) {
        if (failing) {
            throw new IllegalStateException("on purpose");
        }
    }

    @Override
    public void publishErased(List<ServerMessage.Erased> erased) {
        if (failing) {
            throw new IllegalStateException("on purpose");
        }
        listener.heardErased(erased);
    }

    void brings(Entry... entries) {
        listener.heard(List.of(entries));
    }

    void mayHaveLost() {
        listener.missed();
    }

    @Override
    public void close() {}
}
