package dev.parley.faults;

import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An honest newcomer, who connects, joins, says something, goes and comes again, as long as it is asked to: beside an
 * attack it shows what that costs others. Thread-safe, on a thread of its own.
 */
final class Victim implements AutoCloseable {
    private static final String ROOM = "victims";
    private static final int PAUSE_MILLIS = 20;

    private final URI chat;
    private final Findings findings;
    private final AtomicInteger served = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "victim");
    private volatile Latencies latencies = new Latencies();
    private volatile boolean closed;

    Victim(URI chat, Findings findings) {
        this.chat = chat;
        this.findings = findings;
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on latencies are noted in a new place, which this returns. */
    Latencies measure() {
        Latencies fresh = new Latencies();
        latencies = fresh;
        return fresh;
    }

    /** How often it was served. */
    int served() {
        return served.get();
    }

    private void run() {
        while (!closed) {
            Latencies now = latencies;
            long start = System.nanoTime();
            try (Person newcomer = Person.at(chat)) {
                newcomer.sends("join", Map.of("room", ROOM, "limit", 0));
                newcomer.says(ROOM, "I am here");
                now.add(System.nanoTime() - start);
                served.incrementAndGet();
            } catch (UncheckedIOException | AssertionError e) {
                if (!closed) {
                    findings.broken("an honest newcomer was not served: " + e);
                }
            }
            Pause.of(Duration.ofMillis(PAUSE_MILLIS));
        }
    }

    @Override
    public void close() {
        goes();
    }

    /** It comes no more. */
    void goes() {
        closed = true;
        try {
            thread.join(RawClient.PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
