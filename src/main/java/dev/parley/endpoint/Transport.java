package dev.parley.endpoint;

/**
 * The TCP connection below a WebSocket, where it can be reached: Jakarta WebSocket has no way to end a connection whose
 * peer doesn't read (Tyrus 2.2.2 keeps it, and all that waits for it). A server that can end it says how while the
 * handshake runs; elsewhere the container must do.
 */
public final class Transport {
    private static final ThreadLocal<Runnable> CURRENT = new ThreadLocal<>();
    private static final Runnable NONE = () -> {};

    private Transport() {}

    /** Runs what handles a handshake and opens the WebSocket, all on this thread; {@code cut} ends its TCP connection. */
    public static <T, X extends Exception> T during(Runnable cut, Handling<T, X> handling) throws X {
        CURRENT.set(cut);
        try {
            return handling.handle();
        } finally {
            CURRENT.remove();
        }
    }

    /** Ends the TCP connection that is being opened on this thread; does nothing where that isn't known. */
    static Runnable cut() {
        Runnable cut = CURRENT.get();
        return cut == null ? NONE : cut;
    }

    /** The handling of bytes that came in. */
    @FunctionalInterface
    public interface Handling<T, X extends Exception> {
        T handle() throws X;
    }
}
