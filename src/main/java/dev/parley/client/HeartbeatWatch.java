package dev.parley.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Detects a dead connection. If the server sent nothing for one heartbeat, this asks it for a beat; if it sent nothing
 * for two and a quarter, the connection counts as dead. Thread-safe.
 *
 * <p>It counts its own checks, four in each heartbeat, and does not measure time: after a computer slept, its sleep
 * must not count as the server's silence.
 */
final class HeartbeatWatch {
    private static final int CHECKS = 4;

    private final long pause;
    private final Runnable ask;
    private final Runnable dead;
    private int silent;
    private boolean ended;

    /**
     * Both callbacks run on a thread of the common pool, and must not block.
     *
     * @param heartbeat the server's heartbeat, in milliseconds
     */
    HeartbeatWatch(long heartbeat, Runnable ask, Runnable dead) {
        this.pause = Math.max(1, heartbeat / CHECKS);
        this.ask = ask;
        this.dead = dead;
        checkLater();
    }

    synchronized void received() {
        silent = 0;
    }

    synchronized void end() {
        ended = true;
    }

    private void checkLater() {
        CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS).execute(this::check);
    }

    private void check() {
        Runnable due = null;
        synchronized (this) {
            if (ended) {
                return;
            }
            silent++;
            if (silent == CHECKS) {
                due = ask;
            } else if (silent > 2 * CHECKS) {
                ended = true;
                due = dead;
            }
        }
        if (due != null) {
            due.run();
        }
        checkLater();
    }
}
