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

/** Sets up the log of the standalone server: what is in it, how it looks and who writes it. Thread-safe. */
final class LogLevels {
    private static final String MANAGER = "java.util.logging.manager";

    static {
        // Before anything here touches a logger: it is asked for once.
        if (System.getProperty(MANAGER) == null) {
            System.setProperty(MANAGER, LastingLogManager.class.getName());
        }
    }

    private static final Logger ROOT = Logger.getLogger("");

    // Held here, because java.util.logging forgets the level of a logger that nobody holds.
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.jboss"), Logger.getLogger("org.glassfish"), Logger.getLogger("io.smallrye"));

    /** Tyrus 2.2.2 writes a warning with a stack trace for frames that a peer has bent; who it was is closed all the same. */
    private static final Logger BENT_FRAMES = Logger.getLogger("org.glassfish.tyrus.core.TyrusEndpointWrapper");

    /** Grizzly 4.0.2 warns that it stops. */
    private static final Logger STOP = Logger.getLogger("org.glassfish.grizzly.nio.GracefulShutdownRunner");

    /** Why a start failed: {@link Main} prints it, in one sentence, and nothing else is to stand beside it. */
    private static final Logger START = Logger.getLogger("dev.parley.start");

    /** SQLite's driver logs, with a stack trace each, the tries of which the last one's failure is told in a sentence. */
    private static final Logger LIBRARY = Logger.getLogger("org.sqlite.SQLiteJDBCLoader");

    private LogLevels() {}

    /**
     * Keeps what the parts below have to tell about themselves out of the log, but for warnings, and has the log written to
     * standard error. Does nothing where the user has a configuration of java.util.logging of their own.
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
            // Not System.err, whose lock a write that waits would hold.
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

    /** Waits until what was logged is written, at most a second for each place that it goes to. */
    static void flush() {
        for (Handler handler : ROOT.getHandlers()) {
            handler.flush();
        }
    }
}
