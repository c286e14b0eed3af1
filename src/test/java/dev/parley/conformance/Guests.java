package dev.parley.conformance;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;

/** A place whose guests leave after each test. */
abstract class Guests implements Place {
    private final Queue<AutoCloseable> guests = new ConcurrentLinkedQueue<>();

    @Override
    public <T extends AutoCloseable> T attended(T guest) {
        guests.add(guest);
        return guest;
    }

    @AfterEach
    void everyoneGoesHome() throws Exception {
        for (AutoCloseable guest = guests.poll(); guest != null; guest = guests.poll()) {
            guest.close();
        }
    }
}
