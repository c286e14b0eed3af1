package dev.parley.endpoint;

import java.nio.channels.Channel;

/** The TCP connection below a WebSocket, in a server that lets it be looked at and ended. Thread-safe; no method waits. */
public interface TcpConnection {
    /** Ends it at once, whatever waits to be sent. Does nothing where it has ended. */
    void cut();

    /** The socket, to be looked at only; null where it isn't known. */
    Channel channel();

    /** Whether it has not ended, as far as the server tells; it is open too while what was written is still sent. */
    default boolean isOpen() {
        Channel channel = channel();
        return channel == null || channel.isOpen();
    }

    /** How many bytes were written that the kernel has not taken. What the kernel has taken, {@link SendQueues} tells. */
    long unsent();
}
