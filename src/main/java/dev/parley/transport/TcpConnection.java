package dev.parley.transport;

import java.nio.channels.Channel;

/** The TCP connection below a WebSocket, in servers that give access to it. Thread-safe; no method blocks. */
public interface TcpConnection {
    /** Ends the connection at once; unsent bytes are dropped. Does nothing if the connection has ended. */
    void cut();

    /** The socket, for reading its state only; null if it isn't known. */
    Channel channel();

    /** Whether the connection has not ended, as far as the server knows. It is open also while its last bytes are sent. */
    default boolean isOpen() {
        Channel channel = channel();
        return channel == null || channel.isOpen();
    }

    /** The number of bytes that were written and not given to the kernel yet. {@link SendQueues} knows the kernel's. */
    long unsent();
}
