package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import dev.parley.outbox.MemoryBudget;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Closes connections where the memory's budget is short: those first that hold most, and have held it longest. For one
 * thread, which runs it many times a second.
 */
final class MemoryRelief implements Runnable {
    /** Whoever holds less is not worth closing, in bytes. */
    private static final long LITTLE = 16 << 10;

    private final MemoryBudget budget;
    private final PageGate pages;
    private final Collection<Connection> connections;

    /** @param connections may change while they are looked at */
    MemoryRelief(MemoryBudget budget, PageGate pages, Collection<Connection> connections) {
        this.budget = budget;
        this.pages = pages;
        this.connections = connections;
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

    /** Ends it, and at the second call without a close frame. */
    private static void relieve(Connection connection) {
        connection.memory().clear();
        if (connection.isOpen()) {
            String why = "the server is short of memory, and this connection held most of it";
            connection.hurry();
            connection.close(CloseCode.TOO_SLOW, why, null);
        } else {
            connection.broke("it held memory when that was short");
        }
    }

    private List<Holder> holders() {
        long now = System.nanoTime();
        return connections.stream()
                .map(connection -> {
                    long bytes = connection.memory().bytes();
                    return new Holder(
                            connection,
                            bytes,
                            (double) bytes * connection.memory().heldFor(now));
                })
                .filter(holder -> holder.bytes() > LITTLE)
                .sorted(Comparator.comparingDouble(Holder::weight).reversed())
                .toList();
    }
}
