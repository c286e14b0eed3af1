package dev.parley.app;

import dev.parley.config.Settings;
import dev.parley.transaction.TransactionQueue;

/** The first line of the operator's log: what this server is. Stateless. */
final class Facts {
    private Facts() {}

    /** @param transactions null where there are none */
    static String of(Settings settings, Object database, Object policy, TransactionQueue transactions) {
        return "data in %s, %s, %sat most %d connections (%d from one address), %d MiB of heap, Java %s"
                .formatted(
                        database,
                        policy,
                        transactions == null ? "" : "messages of transactions leave " + transactions + ", ",
                        settings.connections(),
                        settings.connectionsOfAddress(),
                        Runtime.getRuntime().maxMemory() >> 20,
                        System.getProperty("java.version"));
    }
}
