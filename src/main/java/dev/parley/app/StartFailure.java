package dev.parley.app;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Why Parley does not start. Immutable, thread-safe. */
record StartFailure(Throwable why) {
    /** The message of the last failed start; or null. */
    private static final AtomicReference<String> latest = new AtomicReference<>();

    /**
     * Throws the reason, and logs it if it is a new one: Payara 6 and 7 try to start an application several times.
     *
     * @param failure null if Parley has started
     */
    static void raise(StartFailure failure) {
        if (failure != null) {
            failure.raise();
        }
    }

    private void raise() {
        if (!Objects.equals(latest.getAndSet(why.getMessage()), why.getMessage())) {
            System.getLogger("dev.parley.start")
                    .log(System.Logger.Level.ERROR, "Parley does not start: {0}", why.getMessage());
        }
        if (why instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) why;
    }
}
