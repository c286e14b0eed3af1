package dev.parley.loop;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/** A fixed number of loops. Rooms and connections are distributed over them. Thread-safe. */
public final class Loops implements AutoCloseable {
    private final List<Loop> loops;

    /** @param count the number of loops, each with one thread, 1 or more */
    public Loops(int count, ThreadFactory threads) {
        loops = Stream.generate(() -> new Loop(this, threads)).limit(count).toList();
        loops.forEach(Loop::start);
    }

    /** The loop for this hash; always the same one. */
    public Loop of(int hash) {
        return loops.get(Math.floorMod(hash ^ hash >>> 16, loops.size()));
    }

    /** A loop that has nothing to do at this moment. */
    Optional<Loop> idle() {
        return loops.stream().filter(Loop::isAsleep).findAny();
    }

    @Override
    public void close() {
        loops.forEach(Loop::stop);
    }
}
