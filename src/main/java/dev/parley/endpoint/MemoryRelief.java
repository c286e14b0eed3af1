package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import dev.parley.outbox.MemoryBudget;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Closes connections if the memory budget is short. The connections that hold the most memory for the longest time are
 * closed first. Used by one thread, which runs it many times a second.
 */
final class MemoryRelief implements Runnable {
    /** A connection that holds less than this is not worth closing, in bytes. */
    private static final long LITTLE = 16 << 10;

    private final MemoryBudget budget;
    private final PageGate pages;
    private final Collection<ConnectedMember> members;

    /** @param members may change during a run */
    MemoryRelief(MemoryBudget budget, PageGate pages, Collection<ConnectedMember> members) {
        this.budget = budget;
        this.pages = pages;
        this.members = members;
    }

    private record Holder(Connection connection, long bytes, double weight) {}

    @Override
    public void run() {
        if (budget.isShort()) {
            closeSome();
        }
        pages.goOn();
    }

    private void closeSome() {
        long excess = budget.excess();
        for (Holder holder : holders()) {
            if (excess <= 0) {
                return;
            }
            excess -= holder.bytes();
            relieve(holder.connection());
        }
    }

    /** Closes a connection. The second call ends it without a close frame. */
    private static void relieve(Connection connection) {
        connection.memory.clear();
        if (connection.isOpen()) {
            connection.hurry();
            connection.close(CloseCode.TOO_SLOW, "the server is short of memory, and this connection held most of it");
        } else {
            connection.broke("it held memory when that was short");
        }
    }

    private List<Holder> holders() {
        long now = System.nanoTime();
        return members.stream()
                .map(ConnectedMember::connection)
                .map(connection -> {
                    long bytes = connection.memory.bytes();
                    return new Holder(connection, bytes, (double) bytes * connection.memory.heldFor(now));
                })
                .filter(holder -> holder.bytes() > LITTLE)
                .sorted(Comparator.comparingDouble(Holder::weight).reversed())
                .toList();
    }
}
