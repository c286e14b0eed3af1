package dev.parley.bench;

import dev.parley.RoomPolicy;
import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A policy of an application that takes 200 ms for each answer, as one does that asks a distant service. */
@ApplicationScoped
class WaitingPolicy implements RoomPolicy {
    private static final long MILLIS = 200;

    @Override
    public Grant decide(Caller who, RoomName room) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return Grant.all();
    }
}
