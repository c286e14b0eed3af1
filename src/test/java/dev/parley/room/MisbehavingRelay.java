package dev.parley.room;

import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does all that a relay may do: loses, doubles, delays and reorders entries, brings a part of a batch at once and the rest
 * later, on two threads, and fails. Which of it, its seed says. Thread-safe.
 */
public final class MisbehavingRelay implements Relay {
    private static final Logger LOG = System.getLogger(MisbehavingRelay.class.getName());
    private static final int THREADS = 2;
    private static final int DELAY_MILLIS = 20;
    /** Ten seconds are allowed, and tests are in a hurry. */
    private static final int MISSED_MILLIS = 100;

    /** For the writer thread alone. */
    private final Random random;

    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger doubled = new AtomicInteger();
    private final AtomicInteger delayed = new AtomicInteger();
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
        Thread thread = new Thread(task, "misbehaving-relay");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Listener listener;

    public MisbehavingRelay(long seed) {
        random = new Random(seed);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    int lost() {
        return lost.get();
    }

    int doubled() {
        return doubled.get();
    }

    int delayed() {
        return delayed.get();
    }

    @Override
    public void start(Listener rooms) {
        listener = rooms;
        threads.scheduleAtFixedRate(rooms::missed, MISSED_MILLIS, MISSED_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void publish(List<Entry> entries) {
        published.addAndGet(entries.size());
        switch (random.nextInt(5)) {
            case 0 -> listener.heard(entries);
            case 1 -> fail(entries);
            case 2 -> shuffle(entries);
            default -> entries.forEach(this::carry);
        }
    }

    @Override
    public void publishErased(List<ServerMessage.Erased> erased) {
        listener.heardErased(erased);
        threads.schedule(() -> listener.heardErased(erased), random.nextInt(DELAY_MILLIS), TimeUnit.MILLISECONDS);
    }

    private void fail(List<Entry> entries) {
        int half = entries.size() / 2;
        if (half > 0) {
            listener.heard(entries.subList(0, half));
        }
        lost.addAndGet(entries.size() - half);
        throw new IllegalStateException("on purpose");
    }

    private void shuffle(List<Entry> entries) {
        List<Entry> mixed = new ArrayList<>(entries);
        mixed.addAll(entries.subList(0, entries.size() / 2));
        doubled.addAndGet(entries.size() / 2);
        Collections.shuffle(mixed, random);
        later(mixed);
    }

    private void carry(Entry entry) {
        switch (random.nextInt(4)) {
            case 0 -> lost.incrementAndGet();
            case 1 -> {
                doubled.incrementAndGet();
                later(List.of(entry));
                later(List.of(entry));
            }
            case 2 -> listener.heard(List.of(entry));
            default -> later(List.of(entry));
        }
    }

    private void later(List<Entry> entries) {
        delayed.addAndGet(entries.size());
        threads.schedule(() -> listener.heard(entries), random.nextInt(DELAY_MILLIS), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.shutdown();
        LOG.log(
                Level.INFO,
                "The relay misbehaved: of {0} entries {1} lost, {2} doubled, {3} delayed",
                published,
                lost,
                doubled,
                delayed);
    }
}
