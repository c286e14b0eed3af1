package dev.parley.faults;

import dev.parley.testing.ServerProcess;
import java.nio.file.Path;

/** A way in which a server ends while people talk, and the disk on which its data lives. For one scenario. */
interface Outage extends AutoCloseable {
    /** Where the data of the next server is. */
    Path data();

    /** Takes its places, when the server runs and people talk. */
    default void prepare(ServerProcess server, Talk talk) {}

    /** It happens: now, at once, and on the thread of a client. */
    void strike(ServerProcess server);

    /** Ends the server, if it still runs, looks at what is to be seen of its end, and makes ready for the next. */
    void clearUp(ServerProcess server, Talk talk);

    @Override
    default void close() {}
}
