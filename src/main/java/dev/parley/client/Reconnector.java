package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionState;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Keeps one connection at a time. When a connection ends with a close code that allows it, it pauses and connects again
 * as the same user.
 *
 * <p>Confined to the listener's thread, except {@link #connect}, {@link #close} and the methods that only read the
 * state.
 *
 * <pre>
 *   connecting ──(welcome)──► {@link Reception}: joining again, then flowing
 *       ▲                                          │
 *       └──────────────(pause)─────────(break)─────┘
 * </pre>
 */
final class Reconnector implements ClientConnection.Owner {
    private static final int NONCE_BYTES = 16;

    private final ClientOptions options;
    private final URI uri;
    private final WebSocketContainer container;
    private final ChatListener listener;
    private final ListenerThread thread;
    private final Requests requests;
    private final Reception reception;
    private final BackOff backOff;
    private final ReplyFuture<Closed> closed;
    /** Null if the application supplies no tokens. */
    private final TokenRenewal renewal;

    private volatile ClientConnection current;
    private volatile ServerMessage.Welcome welcome;
    /** The close that this side asked for; null before. */
    private volatile Closed closeAsked;

    /** When the current connection was welcomed, as {@link System#nanoTime}; null before. */
    private Long welcomedAt;
    /** The pause that the server asked for last, in milliseconds; or null. */
    private Long retryAfter;

    /** Whether the {@code hello} of a connection that was given up may still reach the server. */
    private boolean helloMayArrive;

    /**
     * A secret. If the next {@code welcome} is lost, the client has no session, and the server recognizes it by this
     * nonce.
     */
    private String nonce;

    /** Whether one connection has ended and the next one has not begun. */
    private boolean pausing;

    private boolean finished;

    Reconnector(URI uri, ClientOptions options, ListenerThread thread, Requests requests, Reception reception) {
        this.uri = uri;
        this.options = options;
        this.container = options.container();
        this.listener = options.listener();
        this.thread = thread;
        this.requests = requests;
        this.reception = reception;
        this.backOff = options.backOff();
        // An application that gives a nonce may have tried to connect before.
        this.helloMayArrive = options.nonce() != null;
        this.nonce = helloMayArrive ? options.nonce() : RandomText.of(NONCE_BYTES);
        this.closed = new ReplyFuture<>(thread);
        this.renewal = options.tokens() == null
                ? null
                : new TokenRenewal(options.tokens(), requests, known -> welcome = known);
    }

    /**
     * Opens the first connection, and waits for its {@code welcome}.
     *
     * @throws ParleyException as {@link ChatClient#connect} does
     */
    void connect() {
        String secret = nonce;
        ClientConnection first = begin(() -> new ClientMessage.Hello(
                requests.nextRef(), options.name(), token(), options.session(), null, secret, options.attachments()));
        ReplyFuture<ServerMessage.Welcome> welcomed = first.open(container, uri, options.connectTimeout());
        Duration most = options.connectTimeout().plus(options.closeTimeout());
        try {
            welcomed.get(most.toNanos(), TimeUnit.NANOSECONDS);
            expireLater();
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof ParleyException known
                    ? known
                    : new ParleyException(ErrorCode.UNAVAILABLE, "connecting failed", refused.getCause());
        } catch (TimeoutException late) {
            close(CloseCode.NORMAL.code(), "the listener is too slow");
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the listener holds up connecting", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close(CloseCode.NORMAL.code(), "interrupted while connecting");
            throw new ParleyException(ErrorCode.UNAVAILABLE, "interrupted while connecting");
        }
    }

    /** The token for the next hello. If the application supplies tokens, this waits for it. */
    private String token() {
        return renewal == null ? options.token() : renewal.next();
    }

    private ClientConnection begin(Supplier<ClientMessage.Hello> greeting) {
        current = new ClientConnection(greeting, options.closeTimeout(), thread, requests, this);
        return current;
    }

    ConnectionState state() {
        return current.state();
    }

    ServerMessage.Welcome welcome() {
        return welcome;
    }

    /** Completed at the final end, after the last reply. */
    ReplyFuture<Closed> closed() {
        return closed;
    }

    /**
     * The outbox of the current connection. If that connection has ended, the outbox drops hints, and requests wait for
     * the next connection.
     */
    ClientOutbox outbox() {
        return current.outbox();
    }

    /** Whether this side asked for the close. */
    boolean isClosing() {
        return closeAsked != null;
    }

    // Calls of the connection.

    @Override
    public void stateChanged(ConnectionState from, ConnectionState to) {
        listener.stateChanged(from, to);
    }

    @Override
    public void welcomed(ClientConnection by, ServerMessage.Welcome known) {
        if (by == current && !finished) {
            welcome = known;
            nonce = RandomText.of(NONCE_BYTES);
            welcomedAt = System.nanoTime();
            retryAfter = null;
            reception.begin(by.outbox(), known);
            if (renewal != null) {
                renewal.begin(known, by.outbox());
            }
        }
    }

    @Override
    public void heard(ClientConnection on, ServerMessage message) {
        // Messages of an earlier connection are ignored: the current one brings them again. After the end all are
        // ignored.
        if (on != current || finished) {
            return;
        }
        if (message instanceof ServerMessage.Bye bye) {
            retryAfter = bye.retryAfter();
        } else if (message instanceof ServerMessage.Renamed renamed) {
            welcome = welcome.named(renamed.user());
        }
        if (renewal != null && renewal.takes(message)) {
            return;
        }
        reception.hear(message);
    }

    @Override
    public void ended(ClientConnection it, Closed how, boolean isFinal) {
        if (it != current || finished) {
            return;
        }
        if (renewal != null) {
            renewal.end();
        }
        // An earlier hello of this client arrived late, and its unused connection replaced this one. Assumed only once.
        boolean replacedByItself = how.code() == CloseCode.REPLACED.code() && helloMayArrive;
        helloMayArrive = welcomedAt == null ? it.hasOpened() || helloMayArrive : helloMayArrive && !replacedByItself;
        boolean tokenEnded = how.code() == CloseCode.UNAUTHENTICATED.code() && welcomedAt != null && renewal != null;
        boolean goesOn = !isFinal || replacedByItself || tokenEnded;
        if (closeAsked != null || welcome == null || !goesOn || !options.reconnect()) {
            finish(how);
            return;
        }
        // A connection without a welcome counts as not having worked at all.
        long lived = welcomedAt == null ? 0 : System.nanoTime() - welcomedAt;
        welcomedAt = null;
        pausing = true;
        Duration byBackOff = backOff.next(lived);
        Duration pause = retryAfter == null ? byBackOff : Duration.ofMillis(retryAfter);
        retryAfter = null;
        ListenerThread.guard(() -> listener.disconnected(how, pause));
        after(pause, () -> thread.add(0, this::comeBack));
    }

    private void comeBack() {
        if (closeAsked != null || finished) {
            return;
        }
        // No name is sent: the session holds the name that the server gave, and gets it again if it is free.
        String session = welcome.session();
        pausing = false;
        String secret = nonce;
        begin(() -> new ClientMessage.Hello(
                        requests.nextRef(), null, token(), session, null, secret, options.attachments()))
                .open(container, uri, options.connectTimeout());
    }

    // The end of the client.

    void close(int code, String reason) {
        Closed how = new Closed(code, reason);
        synchronized (this) {
            if (closeAsked == null) {
                closeAsked = how;
            }
        }
        requests.refuse(unavailable(closeAsked));
        current.close(code, reason);
        thread.add(0, this::finishBetweenConnections);
        // Requests must fail even if a listener never returns.
        after(options.closeTimeout(), () -> settle(how));
    }

    private void finishBetweenConnections() {
        if (finished) {
            return;
        }
        if (pausing) {
            finish(closeAsked);
        } else {
            // It reconnected while it was being closed; or it is closed already, and its end is handled soon.
            current.beginClose(closeAsked.code(), closeAsked.reason());
        }
    }

    private void finish(Closed how) {
        finished = true;
        requests.refuse(unavailable(how));
        settle(how);
        ListenerThread.guard(() -> listener.closed(how));
        thread.end();
    }

    private void settle(Closed how) {
        requests.failAll();
        closed.complete(how);
    }

    private void expireLater() {
        Duration look = Duration.ofNanos(Math.min(options.requestTimeout().toNanos() / 4, TimeUnit.SECONDS.toNanos(1)));
        after(look, () -> {
            if (!closed.isDone()) {
                requests.late(System.nanoTime()).forEach(this::expire);
                // After requests expired, others may be sent. Where the server answers nothing, only this call sends
                // them.
                outbox().flushLater();
                expireLater();
            }
        });
    }

    private void expire(Request<?> late) {
        ParleyException why = new ParleyException(
                ErrorCode.UNAVAILABLE,
                "no reply within " + options.requestTimeout().toMillis() + " ms");
        thread.add(0, () -> late.fail(why));
        after(options.closeTimeout(), () -> late.fail(why));
    }

    private static ParleyException unavailable(Closed how) {
        return new ParleyException(ErrorCode.UNAVAILABLE, how.sentence());
    }

    private static void after(Duration time, Runnable task) {
        CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS).execute(task);
    }
}
