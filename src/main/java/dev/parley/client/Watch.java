package dev.parley.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Watches over the server's signs of life: after a heartbeat without one it asks for one, after two the line is dead.
 * Thread-safe.
 *
 * <p>It counts its own looks, not the time: a computer that slept must not take its sleep for the server's silence.
 */
final class Watch {
    private static final int LOOKS = 4;

    private final long pause;
    private final Runnable ask;
    private final Runnable dead;
    private int silent;
    private boolean ended;

    /**
     * Both are called on a thread of its own, and must not block.
     *
     * @param heartbeat in milliseconds
     */
    Watch(long heartbeat, Runnable ask, Runnable dead) {
        this.pause = Math.max(1, heartbeat / LOOKS);
        this.ask = ask;
        this.dead = dead;
        lookLater();
    }

    synchronized void heard() {
        silent = 0;
    }

    synchronized void end() {
        ended = true;
    }

    private void lookLater() {
        CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS).execute(this::look);
    }

    private void look() {
        Runnable due = null;
        synchronized (this) {
            if (ended) {
                return;
            }
            silent++;
            if (silent == LOOKS) {
                due = ask;
            } else if (silent > 2 * LOOKS) {
                ended = true;
                due = dead;
            }
        }
        if (due != null) {
            due.run();
        }
        lookLater();
    }
}
