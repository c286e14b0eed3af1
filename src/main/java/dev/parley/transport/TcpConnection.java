package dev.parley.transport;

/** The TCP connection below a WebSocket, in servers that give access to it. Thread-safe; no method blocks. */
public interface TcpConnection {
    /** Ends the connection at once; unsent bytes are dropped. Does nothing if the connection has ended. */
    void cut();

    /** Whether {@link #cut} does what it says. If not, it ends the connection only when the peer has received what is unsent. */
    default boolean canCut() {
        return true;
    }

    /** Its addresses, while it is open; null if they aren't known. */
    SocketAddresses addresses();

    /** Whether the connection has not ended, as far as the server knows. It is open also while its last bytes are sent. */
    boolean isOpen();

    /**
     * The number of bytes that were written and not given to the kernel yet. {@link SendQueues} knows the kernel's. 0 where the server does
     * not tell: such a server gets one frame at a time, which the outbox counts while the WebSocket is open.
     */
    default long unsent() {
        return 0;
    }
}
