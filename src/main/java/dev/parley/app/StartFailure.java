package dev.parley.app;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Logs why Parley does not start. Thread-safe. */
final class StartFailure {
    /** The message of the last failed start; or null. */
    private static final AtomicReference<String> latest = new AtomicReference<>();

    private StartFailure() {}

    /** Payara 6 and 7 log only WELD-000049, not this exception or its message. They also try several times. */
    static void logOnce(Throwable why) {
        if (!Objects.equals(latest.getAndSet(why.getMessage()), why.getMessage())) {
            System.getLogger("dev.parley.start")
                    .log(System.Logger.Level.ERROR, "Parley does not start: {0}", why.getMessage());
        }
    }
}
