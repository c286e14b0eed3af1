package dev.parley.endpoint;

import dev.parley.loop.Loop;
import dev.parley.loop.Loops;
import dev.parley.message.ConnectionTransition;
import dev.parley.message.SignIn;
import dev.parley.operator.OperatorLog;
import dev.parley.outbox.FrameWriter;
import dev.parley.outbox.MemoryBudget;
import dev.parley.outbox.Outbox;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The resources that all connections of this process share. Immutable, thread-safe.
 *
 * @param signIn how a peer can authenticate itself; null if there is no way
 * @param later runs tasks that may take seconds, off the loops and the container's threads
 * @param observer notified of each transition, under a lock of the connection: it must not block
 */
record SharedResources(
        Rules rules,
        SignIn signIn,
        MemoryBudget budget,
        Loops loops,
        Executor later,
        ComeBacks comeBacks,
        Consumer<ConnectionTransition> observer,
        OperatorLog operatorLog) {

    /** The loop of the connection with this number: its outbox sends there. */
    Loop loop(long number) {
        return loops.of(Long.hashCode(number));
    }

    /** Makes the outbox of the connection with this number. */
    Outbox outbox(long number, FrameWriter frames, Outbox.Troubles troubles) {
        return new Outbox(frames, loop(number), rules.limits().queue(), budget, troubles);
    }
}
