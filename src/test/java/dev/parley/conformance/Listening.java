package dev.parley.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An application's bean that hears every entry. Thread-safe. */
@ApplicationScoped
class Listening {
    private final BlockingQueue<Entry> heard = new LinkedBlockingQueue<>();

    void hear(@Observes Entry entry) {
        heard.add(entry);
    }

    /** The next entry of this room; null when none comes. */
    Entry nextOf(RoomName room) throws InterruptedException {
        Entry next = heard.poll(30, SECONDS);
        while (next != null && !next.room().equals(room)) {
            next = heard.poll(30, SECONDS);
        }
        return next;
    }
}
