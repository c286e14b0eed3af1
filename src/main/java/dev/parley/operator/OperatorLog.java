package dev.parley.operator;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * The lines that an operator reads at level INFO: one line when the server begins to serve, when it begins to drain its
 * connections, and when it has stopped; and counted incidents. The first incident of a kind is written at once; more of
 * the kind are written as one number, at most once a minute, and at the end. Thread-safe.
 *
 * <p>Counting never waits, so selectors and loops may count. A thread of its own writes the lines of incidents, and may
 * wait for the log. A line has a number and fixed words. The only text of a peer in it is an origin or an address,
 * which is cleaned and bounded.
 */
public final class OperatorLog implements AutoCloseable {
    private static final Logger SERVER = System.getLogger("dev.parley.server");
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration LAST_LINES = Duration.ofSeconds(1);
    private static final Incident[] INCIDENTS = Incident.values();
    private static final int MAX_DETAIL = 100;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(INCIDENTS.length);
    private final AtomicReferenceArray<String> details = new AtomicReferenceArray<>(INCIDENTS.length);
    /** When each kind may have its next line, as {@link System#nanoTime}. Only the thread uses it. */
    private final long[] next = new long[INCIDENTS.length];

    private final String facts;
    private final long interval;
    private final BiConsumer<Incident, String> lines;
    private final Thread thread;
    private volatile boolean closed;

    /** As {@link System#nanoTime}; 0 until clients can connect. */
    private final AtomicLong servesSince = new AtomicLong();

    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicInteger cutOff = new AtomicInteger();

    /**
     * @param facts the text about this server in the first line
     * @param threads makes the one thread that writes the lines of incidents
     */
    public OperatorLog(String facts, ThreadFactory threads) {
        this(facts, threads, INTERVAL, (incident, line) -> incident.channel.logger.log(Level.INFO, line));
    }

    OperatorLog(String facts, ThreadFactory threads, Duration interval, BiConsumer<Incident, String> lines) {
        this.facts = facts;
        this.interval = interval.toNanos();
        this.lines = lines;
        thread = threads.newThread(this::run);
        thread.start();
    }

    /**
     * Clients can connect from now on. If the start fails before this call, no line is written for the start or the
     * end.
     *
     * @param address the address to which clients connect
     */
    public void serves(String address) {
        servesSince.set(System.nanoTime());
        SERVER.log(Level.INFO, "Parley serves " + address + ": " + facts);
    }

    /** @param policy a description of the policy for rooms, as it is now */
    public void policyChanged(Object policy) {
        SERVER.log(Level.INFO, "Parley has another policy for rooms from now on: " + policy);
    }

    /** Writes a line for the first call only, because both a container and the standalone server may begin a drain. */
    public void drains(int connections, Duration most) {
        if (servesSince.get() != 0 && !draining.getAndSet(true)) {
            SERVER.log(
                    Level.INFO,
                    "Parley says good-bye to %d connections, for at most %d ms"
                            .formatted(connections, most.toMillis()));
        }
    }

    /** @param late the number of connections that had not ended in time */
    public void drained(int late) {
        cutOff.addAndGet(late);
    }

    /** @param incident null for an event that the operator need not know */
    public void count(Incident incident) {
        if (incident != null) {
            count(incident, 1);
        }
    }

    /** Counts several incidents of one kind. */
    public void count(Incident incident, int many) {
        if (counts.getAndAdd(incident.ordinal(), many) == 0) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Counts an incident, and keeps the detail of the latest one for its line.
     *
     * @param detail an origin or an address as the peer sent it, or null; it is cleaned before it is written
     */
    public void count(Incident incident, String detail) {
        details.lazySet(incident.ordinal(), detail);
        count(incident);
    }

    private void run() {
        long start = System.nanoTime();
        Arrays.fill(next, start);
        while (!closed) {
            long pause = writeDue(System.nanoTime());
            if (pause == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, pause);
            }
        }
        for (Incident incident : INCIDENTS) {
            write(incident);
        }
    }

    /** @return the nanoseconds until the next line is due */
    private long writeDue(long now) {
        long pause = Long.MAX_VALUE;
        for (Incident incident : INCIDENTS) {
            int kind = incident.ordinal();
            if (counts.get(kind) == 0) {
                continue;
            }
            long left = next[kind] - now;
            if (left <= 0) {
                next[kind] = now + interval;
                write(incident);
            } else {
                pause = Math.min(pause, left);
            }
        }
        return pause;
    }

    private void write(Incident incident) {
        int count = counts.getAndSet(incident.ordinal(), 0);
        if (count == 0) {
            return;
        }
        String detail = details.getAndSet(incident.ordinal(), null);
        String latest = detail == null ? "" : " (the latest: " + cleaned(detail) + ")";
        try {
            lines.accept(incident, incident.channel.sentence(count, incident.why) + latest);
        } catch (RuntimeException | Error e) {
            // The application's log handler failed. There is no other place to report it, and counting continues.
        }
    }

    /** Keeps only characters of origins and addresses, so that a peer can't end a line or begin another one. */
    static String cleaned(String detail) {
        String bounded = detail.substring(0, Math.min(MAX_DETAIL, detail.length()));
        return bounded.replaceAll("[^A-Za-z0-9.:/\\[\\]%_-]", "?") + (bounded.length() < detail.length() ? "..." : "");
    }

    /**
     * Writes the incidents that are still counted, waiting at most one second, and the line that the server has
     * stopped.
     */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, LAST_LINES.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long since = servesSince.getAndSet(0);
        if (since != 0) {
            SERVER.log(
                    Level.INFO,
                    "Parley stopped after %d s; %d connections had to be cut off"
                            .formatted(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since), cutOff.get()));
        }
    }
}
