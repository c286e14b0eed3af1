package dev.parley.standalone;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Configures the log of the standalone server: the levels, the format and the thread that writes it. Thread-safe. */
final class LogLevels {
    private static final String MANAGER = "java.util.logging.manager";

    static {
        // Must be set before the first use of a logger, because it is read only once.
        if (System.getProperty(MANAGER) == null) {
            System.setProperty(MANAGER, LastingLogManager.class.getName());
        }
    }

    private static final Logger ROOT = Logger.getLogger("");

    // References are kept here, because java.util.logging forgets the level of a logger without a reference.
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.jboss"), Logger.getLogger("org.glassfish"), Logger.getLogger("io.smallrye"));

    /**
     * Tyrus 2.2.2 logs a warning with a stack trace for malformed frames of a peer. Their connection is closed anyway.
     */
    private static final Logger BENT_FRAMES = Logger.getLogger("org.glassfish.tyrus.core.TyrusEndpointWrapper");

    /** Grizzly 4.0.2 logs a warning when it stops. */
    private static final Logger STOP = Logger.getLogger("org.glassfish.grizzly.nio.GracefulShutdownRunner");

    /** Logs why a start failed. {@link Main} prints that as one sentence, so it must not be logged too. */
    private static final Logger START = Logger.getLogger("dev.parley.start");

    /**
     * SQLite's driver logs a stack trace for each way in which it tries to load its library. Parley reports the last
     * failure in one sentence.
     */
    private static final Logger LIBRARY = Logger.getLogger("org.sqlite.SQLiteJDBCLoader");

    private LogLevels() {}

    /**
     * Limits the loggers of the libraries to warnings, and writes the log to standard error. If the user has an own
     * configuration of java.util.logging, that stays as it is.
     */
    static void silence() {
        boolean configured = System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
        if (!configured) {
            QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
            BENT_FRAMES.setLevel(Level.SEVERE);
            STOP.setLevel(Level.SEVERE);
            START.setLevel(Level.OFF);
            LIBRARY.setLevel(Level.OFF);
            for (Handler handler : ROOT.getHandlers()) {
                ROOT.removeHandler(handler);
            }
            // Not System.err: a write that waits would hold its lock.
            ROOT.addHandler(new QueuedHandler(
                    new FileOutputStream(FileDescriptor.err),
                    Charset.forName(System.getProperty("native.encoding", "UTF-8")),
                    formatter()));
        }
        LastingLogManager.last();
    }

    private static Formatter formatter() {
        return System.getProperty("java.util.logging.SimpleFormatter.format") == null
                ? new LineFormatter()
                : new SimpleFormatter();
    }

    /** Waits until all records are written, at most one second for each handler. */
    static void flush() {
        for (Handler handler : ROOT.getHandlers()) {
            handler.flush();
        }
    }
}
