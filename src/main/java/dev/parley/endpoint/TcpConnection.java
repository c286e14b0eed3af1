package dev.parley.endpoint;

/** The TCP connection below a WebSocket, in a server that lets it be looked at and ended. Thread-safe; no method waits. */
public interface TcpConnection {
    /** Ends it at once, whatever waits to be sent. Does nothing where it has ended. */
    void cut();

    /** Whether it has not ended, as far as the server tells; it is open too while what was written is still sent. */
    boolean isOpen();

    /** How many bytes were written that the kernel has not taken: fewer than before mean that the peer reads. */
    long unsent();
}
