package dev.parley.standalone;

import java.util.logging.LogManager;

/**
 * Keeps the log until the JVM has ended: java.util.logging takes its handlers away in a shutdown hook, which runs beside
 * the one that says good-bye to all connections. Thread-safe.
 *
 * <p>Public, with a public constructor, because java.util.logging makes it by its name.
 */
public final class LastingLogManager extends LogManager {
    private static volatile boolean lasting;

    /** From now on the configuration stays as it is. */
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
