package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.ServerMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends the server a new token before the current one ends. Thread-safe. The application's supplier is called on daemon
 * threads, where it may wait.
 */
final class TokenRenewal {
    private static final Logger LOG = System.getLogger(TokenRenewal.class.getName());
    /** How long before the end of a token it is renewed; at half of its time if that is later. */
    private static final Duration BEFORE = Duration.ofMinutes(1);
    /** The pause before the supplier is called again after it threw. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Executor THREADS = new Courier();

    private final Supplier<String> tokens;
    private final Requests requests;
    private final Consumer<ServerMessage.Welcome> renewed;

    /** @param renewed gets the server's answer to a new token, on the listener's thread */
    TokenRenewal(Supplier<String> tokens, Requests requests, Consumer<ServerMessage.Welcome> renewed) {
        this.tokens = tokens;
        this.requests = requests;
        this.renewed = renewed;
    }

    /**
     * Renews the token before its end, and each later token too.
     *
     * @param welcome the server's {@code welcome}, with the time until the token ends
     * @param connection the connection on which the token is used
     * @param isOpen whether that is still the current connection; called on any thread
     */
    void begin(ServerMessage.Welcome welcome, ClientOutbox connection, BooleanSupplier isOpen) {
        if (welcome.expires() != null) {
            Duration left = Duration.ofMillis(welcome.expires());
            Duration half = left.dividedBy(2);
            renewAfter(left.minus(BEFORE.compareTo(half) < 0 ? BEFORE : half), connection, isOpen);
        }
    }

    private void renewAfter(Duration pause, ClientOutbox connection, BooleanSupplier isOpen) {
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, THREADS)
                .execute(() -> {
                    if (isOpen.getAsBoolean()) {
                        renew(connection, isOpen);
                    }
                });
    }

    private void renew(ClientOutbox connection, BooleanSupplier isOpen) {
        String token;
        try {
            token = tokens.get();
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "The application gave no new token; the connection ends together with the current one",
                    e);
            renewAfter(AGAIN, connection, isOpen);
            return;
        }
        requests.add(ServerMessage.Welcome.class, ref -> new ClientMessage.Hello(ref, null, token, null))
                .thenAccept(welcome -> {
                    renewed.accept(welcome);
                    begin(welcome, connection, isOpen);
                });
        connection.poke();
    }
}
