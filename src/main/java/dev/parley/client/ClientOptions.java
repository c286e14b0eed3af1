package dev.parley.client;

import dev.parley.message.UserName;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.time.Duration;
import java.util.Objects;

/**
 * With what a {@link ChatClient} connects. Immutable; {@link #defaults()} is a guest, each {@code with} gives a copy.
 *
 * @param name the name to be known by, or null for one that the server makes up
 * @param token a token to be known by, or null
 * @param session the secret from an earlier {@code welcome}: the client is that user again; or null
 * @param container what opens the connection, or null for {@link ContainerProvider#getWebSocketContainer()}
 * @param listener hears what the server tells unasked
 * @param connectTimeout how long connecting may take, up to the server's {@code welcome}
 * @param closeTimeout how long the server may take to acknowledge a close
 */
public record ClientOptions(
        UserName name,
        String token,
        String session,
        WebSocketContainer container,
        ChatListener listener,
        Duration connectTimeout,
        Duration closeTimeout) {

    private static final ChatListener DEAF = new ChatListener() {};

    public ClientOptions {
        Objects.requireNonNull(listener);
        checkPositive("connectTimeout", connectTimeout);
        checkPositive("closeTimeout", closeTimeout);
    }

    /** A guest without a name who hears nothing; 10 s to connect, 2 s to close. */
    public static ClientOptions defaults() {
        return new ClientOptions(null, null, null, null, DEAF, Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    public ClientOptions withName(UserName name) {
        return new ClientOptions(name, token, session, container, listener, connectTimeout, closeTimeout);
    }

    public ClientOptions withToken(String token) {
        return new ClientOptions(name, token, session, container, listener, connectTimeout, closeTimeout);
    }

    public ClientOptions withSession(String session) {
        return new ClientOptions(name, token, session, container, listener, connectTimeout, closeTimeout);
    }

    public ClientOptions withContainer(WebSocketContainer container) {
        return new ClientOptions(name, token, session, container, listener, connectTimeout, closeTimeout);
    }

    public ClientOptions withListener(ChatListener listener) {
        return new ClientOptions(name, token, session, container, listener, connectTimeout, closeTimeout);
    }

    /** @throws IllegalArgumentException when it isn't positive */
    public ClientOptions withConnectTimeout(Duration connectTimeout) {
        return new ClientOptions(name, token, session, container, listener, connectTimeout, closeTimeout);
    }

    /** @throws IllegalArgumentException when it isn't positive */
    public ClientOptions withCloseTimeout(Duration closeTimeout) {
        return new ClientOptions(name, token, session, container, listener, connectTimeout, closeTimeout);
    }

    /** Without the token and the session: both are secrets, and options get logged. */
    @Override
    public String toString() {
        return "ClientOptions[name=" + name + ", connectTimeout=" + connectTimeout + ", closeTimeout=" + closeTimeout
                + "]";
    }

    private static void checkPositive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " must be positive");
        }
    }
}
