package dev.parley.room;

import dev.parley.loop.Loop;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * The times at which a room sends what has gathered. The cost of one send grows with the members, so the interval is {@value
 * #NANOS_PER_MEMBER} ns for each member: one second for 10,000. Confined to the room's loop.
 */
final class BroadcastInterval {
    private static final long NANOS_PER_MEMBER = 100_000;

    private final Loop loop;
    private final Collection<?> members;
    private final int small;
    private final Runnable send;
    private long sent = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
    private boolean waiting;

    /** @param small in a room of up to so many members, everything is sent at once */
    BroadcastInterval(Loop loop, Collection<?> members, int small, Runnable send) {
        this.loop = loop;
        this.members = members;
        this.small = small;
        this.send = send;
    }

    /** There is something to send: it is sent now, or when the interval ends. */
    void request() {
        if (waiting) {
            return;
        }
        long pause = members.size() <= small ? 0 : sent + members.size() * NANOS_PER_MEMBER - System.nanoTime();
        if (pause <= 0) {
            sendNow();
            return;
        }
        waiting = true;
        loop.addAfter(pause, () -> {
            waiting = false;
            sendNow();
        });
    }

    private void sendNow() {
        sent = System.nanoTime();
        send.run();
    }
}
