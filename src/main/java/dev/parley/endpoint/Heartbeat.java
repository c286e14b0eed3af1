package dev.parley.endpoint;

import dev.parley.transport.LingeringTransports;
import dev.parley.transport.SendQueues;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Checks every connection eight times in an interval, and at least once a second. So a silent peer is closed after two
 * intervals and an eighth at most; Tyrus may not notice that a network has failed. Thread-safe.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Heartbeat.class.getName());
    private static final int LOOKS = 8;
    private static final long RELIEF_MILLIS = 100;

    private final Collection<ConnectedMember> members;
    private final LingeringTransports lingering;
    private final SendQueues kernel = new SendQueues();
    private final long interval;
    private final ScheduledExecutorService timer;

    /**
     * @param members may change at any time
     * @param lingering connections whose WebSocket has ended
     * @param relief run ten times a second
     */
    Heartbeat(
            Collection<ConnectedMember> members,
            LingeringTransports lingering,
            Duration interval,
            MemoryRelief relief,
            ThreadFactory threads) {
        this.members = members;
        this.lingering = lingering;
        this.interval = interval.toNanos();
        this.timer = Executors.newSingleThreadScheduledExecutor(threads);
        long pause = Math.min(this.interval / LOOKS, TimeUnit.SECONDS.toNanos(1));
        timer.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.NANOSECONDS);
        timer.scheduleWithFixedDelay(() -> attempt(relief), RELIEF_MILLIS, RELIEF_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Catches all, because a timer drops a task that throws. */
    private static void attempt(MemoryRelief relief) {
        try {
            relief.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "No memory could be freed; the next look tries again", e);
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (ConnectedMember member : members) {
            try {
                member.beat(now, interval, kernel);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "The heartbeat of one connection failed; the others go on", e);
            }
        }
        try {
            lingering.cutOverdue(now, kernel);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Connections that have ended could not be cut; the next look tries again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
