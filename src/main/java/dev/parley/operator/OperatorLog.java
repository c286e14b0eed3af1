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
 * What an operator reads at level info: one line each when the server begins to serve, when it says good-bye, and when it
 * has stopped; and incidents, counted: the first of a kind at once, the others as one number, at most once a minute for
 * each kind, and what is left at the end. Thread-safe.
 *
 * <p>Counting never waits, so that selectors and loops may do it: lines are written by a thread of its own, which may
 * wait for whoever reads the log. A line holds a number and our own words; of what a peer sent only what stands in an
 * address of the web, cleaned and bounded.
 */
public final class OperatorLog implements AutoCloseable {
    private static final Logger SERVER = System.getLogger("dev.parley.server");
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration LAST_LINES = Duration.ofSeconds(1);
    private static final Incident[] INCIDENTS = Incident.values();
    private static final int MAX_DETAIL = 100;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(INCIDENTS.length);
    private final AtomicReferenceArray<String> details = new AtomicReferenceArray<>(INCIDENTS.length);
    /** Of the thread alone: when each kind may have its next line, as {@link System#nanoTime}. */
    private final long[] next = new long[INCIDENTS.length];

    private final String facts;
    private final long interval;
    private final BiConsumer<Incident, String> lines;
    private final Thread thread;
    private volatile boolean closed;

    /** As {@link System#nanoTime}; 0 as long as nothing can connect. */
    private final AtomicLong servesSince = new AtomicLong();

    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicInteger cutOff = new AtomicInteger();

    /**
     * @param facts what the first line tells of this server
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
     * Clients can connect from now on. A start that fails before has no line here, nor has its end.
     *
     * @param address where clients connect to
     */
    public void serves(String address) {
        servesSince.set(System.nanoTime());
        SERVER.log(Level.INFO, "Parley serves " + address + ": " + facts);
    }

    /** Only the first call is written: a container's end and a standalone server's may both ask for a drain. */
    public void drains(int connections, Duration most) {
        if (servesSince.get() != 0 && !draining.getAndSet(true)) {
            SERVER.log(
                    Level.INFO,
                    "Parley says good-bye to %d connections, for at most %d ms"
                            .formatted(connections, most.toMillis()));
        }
    }

    /** @param late how many connections had not gone in time */
    public void drained(int late) {
        cutOff.addAndGet(late);
    }

    /** @param incident null for what the operator need not know */
    public void count(Incident incident) {
        if (incident != null && counts.getAndIncrement(incident.ordinal()) == 0) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Counts an incident whose latest case the line is to name.
     *
     * @param detail an origin or an address as the peer gave it, or null; cleaned before it is written
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

    /** @return in how many nanoseconds the next line is due */
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
            // Of somebody else's logger. There is no other place to report it, and the counting goes on.
        }
    }

    /** Only what origins and addresses are made of: nothing here can end a line, or begin another. */
    static String cleaned(String detail) {
        String bounded = detail.substring(0, Math.min(MAX_DETAIL, detail.length()));
        return bounded.replaceAll("[^A-Za-z0-9.:/\\[\\]%_-]", "?") + (bounded.length() < detail.length() ? "..." : "");
    }

    /** Writes what was counted, for which it waits at most a second, and that the server has stopped. */
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
