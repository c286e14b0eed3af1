package dev.parley.standalone;

import java.util.logging.LogManager;

/**
 * Keeps the log until the end of the JVM. java.util.logging removes its handlers in a shutdown hook, which runs at the
 * same time as the hook that closes all connections. Thread-safe.
 *
 * <p>It is public and has a public constructor, because java.util.logging creates it by its name.
 */
public final class LastingLogManager extends LogManager {
    private static volatile boolean lasting;

    /** From now on the configuration can't be reset. */
    static void last() {
        lasting = true;
    }

    @Override
    public void reset() {
        if (!lasting) {
            super.reset();
        }
    }
}
