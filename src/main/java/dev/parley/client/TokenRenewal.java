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
 * Gets the tokens of a client from the application, and sends the next token to the server before the current one expires. The
 * application's supplier is called on daemon threads, on which it may wait, one call at a time. Confined to the listener's
 * thread, except {@link #next}.
 */
final class TokenRenewal {
    private static final Logger LOG = System.getLogger(TokenRenewal.class.getName());
    /** The time between the renewal and the end of a token. A token with a short time is renewed at half of its time. */
    private static final Duration BEFORE = Duration.ofMinutes(1);
    /** The pause before the next try, if there was no new token or the server rejected it. */
    private static final Duration AGAIN = Duration.ofSeconds(5);
    /** A token with a longer time counts as one of this time, because timers count nanoseconds in 64 bits. */
    private static final Duration MOST = Duration.ofDays(1);

    private static final Executor THREADS = new Courier();

    private final Supplier<String> tokens;
    private final Requests requests;
    private final Consumer<ServerMessage.Welcome> renewed;
    private final AtomicBoolean asking = new AtomicBoolean();
    /** Null without a token, or if the token does not expire. */
    private Use use;

    /** @param renewed gets the server's answer to a new token, on the listener's thread */
    TokenRenewal(Supplier<String> tokens, Requests requests, Consumer<ServerMessage.Welcome> renewed) {
        this.tokens = tokens;
        this.requests = requests;
        this.renewed = renewed;
    }

    /**
     * A token that is valid now. Waits for the application.
     *
     * @throws IllegalStateException if the application gives none, or an earlier call has not returned yet
     */
    String next() {
        if (!asking.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "an earlier call to the application's supplier of tokens has not returned yet");
        }
        try {
            String token = tokens.get();
            if (token == null || token.isBlank()) {
                // Without a token, the server would make the client a guest.
                throw new IllegalStateException("the application gave no token");
            }
            return token;
        } finally {
            asking.set(false);
        }
    }

    /**
     * Renews the token of this connection before it expires, and so on for each later token.
     *
     * @param welcome the server's {@code welcome}, with the time until the token expires
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
                || current.helloRef == null
                || !current.helloRef.equals(reply.ref())) {
            return false;
        }
        current.helloRef = null;
        if (message instanceof ServerMessage.Welcome welcome) {
            renewed.accept(welcome);
            begin(welcome, current.connection);
        } else {
            current.renewAfter(AGAIN);
        }
        return true;
    }

    /** One token in use on a connection. Thread-safe. */
    private final class Use {
        final ClientOutbox connection;
        /** The {@code ref} of the hello with the next token; null while none was sent. */
        volatile Ref helloRef;

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
                        "The application gave no new token; the server will close the connection when the current token expires",
                        e);
                renewAfter(AGAIN);
                return;
            }
            if (!isOver()) {
                helloRef = requests.nextRef();
                connection.offer(new ClientMessage.Hello(helloRef, null, token, null));
            }
        }
    }
}
