package dev.parley.standalone;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps what the parts below have to tell about themselves out of the log, but for warnings. Thread-safe. */
final class Chatter {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    // Held here, because java.util.logging forgets the level of a logger that nobody holds.
    private static final List<Logger> QUIET = List.of(
            Logger.getLogger("org.jboss"),
            Logger.getLogger("org.glassfish"),
            Logger.getLogger("io.smallrye"),
            // What it has to tell a container's log, the line at the start tells here.
            Logger.getLogger("dev.parley.config"));

    /** Tyrus 2.2.2 writes a warning with a stack trace for frames that a peer has bent; who it was is closed all the same. */
    private static final Logger BENT_FRAMES = Logger.getLogger("org.glassfish.tyrus.core.TyrusEndpointWrapper");

    private Chatter() {}

    /** Does nothing where the user has a configuration of java.util.logging of their own. */
    static void silence() {
        if (System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        if (System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
        }
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        BENT_FRAMES.setLevel(Level.SEVERE);
    }
}
