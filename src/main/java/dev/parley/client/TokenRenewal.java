package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.Ref;
import dev.parley.message.ServerMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gets the tokens of a client, and shows the server the next one before the current one ends. The application's supplier
 * is called on daemon threads where it may wait, one call at a time. Confined to the listener's thread, except {@link
 * #next}.
 */
final class TokenRenewal {
    private static final Logger LOG = System.getLogger(TokenRenewal.class.getName());
    /** How long before the end of a token it is renewed; at half of its time if that is later. */
    private static final Duration BEFORE = Duration.ofMinutes(1);
    /** The pause before the next try where there was no new token, or the server did not take it. */
    private static final Duration AGAIN = Duration.ofSeconds(5);
    /** A token that is good for longer is renewed earlier: timers count nanoseconds in 64 bits. */
    private static final Duration MOST = Duration.ofDays(1);

    private static final Executor THREADS = new Courier();

    private final Supplier<String> tokens;
    private final Requests requests;
    private final Consumer<ServerMessage.Welcome> renewed;
    private final AtomicBoolean asking = new AtomicBoolean();
    /** Null where no token is in use, or where it does not end. */
    private Use use;

    /** @param renewed gets the server's answer to a new token, on the listener's thread */
    TokenRenewal(Supplier<String> tokens, Requests requests, Consumer<ServerMessage.Welcome> renewed) {
        this.tokens = tokens;
        this.requests = requests;
        this.renewed = renewed;
    }

    /**
     * A token that is good now. Waits for the application.
     *
     * @throws IllegalStateException if the application gives none, or still waits in an earlier call
     */
    String next() {
        if (!asking.compareAndSet(false, true)) {
            throw new IllegalStateException("the application has not given the token that it was asked for before");
        }
        try {
            String token = tokens.get();
            if (token == null || token.isBlank()) {
                // The server would take the client for a guest.
                throw new IllegalStateException("the application gave no token");
            }
            return token;
        } finally {
            asking.set(false);
        }
    }

    /**
     * Renews the token of this connection before its end, and each later token too.
     *
     * @param welcome the server's {@code welcome}, with the time until the token ends
     */
    void begin(ServerMessage.Welcome welcome, ClientOutbox connection) {
        end();
        if (welcome.expires() != null) {
            Duration left = Duration.ofMillis(Math.min(MOST.toMillis(), welcome.expires()));
            Duration half = left.dividedBy(2);
            use = new Use(connection);
            use.renewAfter(left.minus(BEFORE.compareTo(half) < 0 ? BEFORE : half));
        }
    }

    /** The connection has ended. */
    void end() {
        if (use != null) {
            use.end();
            use = null;
        }
    }

    /** @return whether the message is the server's answer to a new token */
    boolean takes(ServerMessage message) {
        Use current = use;
        if (current == null
                || !(message instanceof ServerMessage.Reply reply)
                || current.shown == null
                || !current.shown.equals(reply.ref())) {
            return false;
        }
        current.shown = null;
        if (message instanceof ServerMessage.Welcome welcome) {
            renewed.accept(welcome);
            begin(welcome, current.connection);
        } else {
            current.renewAfter(AGAIN);
        }
        return true;
    }

    /** The time in which a token is used on a connection. Thread-safe. */
    private final class Use {
        final ClientOutbox connection;
        /** The mark of the hello that shows the next token; null while none is shown. */
        volatile Ref shown;

        private CompletableFuture<Void> timer;
        private boolean over;

        Use(ClientOutbox connection) {
            this.connection = connection;
        }

        synchronized void renewAfter(Duration pause) {
            if (!over) {
                timer = new CompletableFuture<Void>().completeOnTimeout(null, pause.toMillis(), TimeUnit.MILLISECONDS);
                timer.thenRunAsync(this::renew, THREADS);
            }
        }

        synchronized void end() {
            over = true;
            timer.cancel(false);
        }

        private synchronized boolean isOver() {
            return over;
        }

        private void renew() {
            String token;
            try {
                token = next();
            } catch (RuntimeException | Error e) {
                LOG.log(
                        Level.WARNING,
                        "The application gave no new token; the connection ends together with the current one",
                        e);
                renewAfter(AGAIN);
                return;
            }
            if (!isOver()) {
                shown = requests.nextRef();
                connection.offer(new ClientMessage.Hello(shown, null, token, null));
            }
        }
    }
}
