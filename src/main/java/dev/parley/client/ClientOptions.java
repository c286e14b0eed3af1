package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.UserName;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The identity, the listener and the timeouts of a {@link ChatClient}. Immutable: start from {@link #defaults()}, and
 * each {@code with} method returns a copy.
 */
public final class ClientOptions implements Cloneable {
    private static final ChatListener NO_LISTENER = new ChatListener() {};

    private UserName name;
    private String token;
    private Supplier<String> tokens;
    private String session;
    private String nonce;
    private boolean fetches;
    private WebSocketContainer container;
    private ChatListener listener = NO_LISTENER;
    private boolean reconnect = true;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(2);
    private Duration requestTimeout = Duration.ofMinutes(2);
    private Duration leastBackOff = Duration.ofMillis(500);
    private Duration mostBackOff = Duration.ofSeconds(20);

    private ClientOptions() {}

    /**
     * A guest whose name the server makes, without a listener, that reconnects: a back-off of 0.5 s to 20 s, 10 s to
     * connect, 2 s to close, 2 minutes for a request.
     */
    public static ClientOptions defaults() {
        return new ClientOptions();
    }

    /** @param name the name that others see, or null for a name that the server makes */
    public ClientOptions withName(UserName name) {
        return with(copy -> copy.name = name);
    }

    /** @param token the token that authenticates the client, until it ends; or null */
    public ClientOptions withToken(String token) {
        return with(copy -> {
            copy.token = token;
            copy.tokens = null;
        });
    }

    /**
     * Authenticates the client with tokens that end. The client gets one for each connection, and the next one a minute
     * before a token ends, or at half of its time if that is later. If the server closes a connection because its token
     * ended, the client connects again with a new token.
     *
     * @param tokens returns a token that is valid now. It is called on its own threads, by one thread at a time for
     *     each connection, and may wait there as long as the options' {@code connectTimeout}. If it throws, the try
     *     fails
     */
    public ClientOptions withTokens(Supplier<String> tokens) {
        Objects.requireNonNull(tokens);
        return with(copy -> {
            copy.token = null;
            copy.tokens = tokens;
        });
    }

    /**
     * @param session the secret of an earlier {@code welcome}, with which the client is the same user again; or null
     */
    public ClientOptions withSession(String session) {
        return with(copy -> copy.session = session);
    }

    /**
     * A client that lost its connection before its first {@code welcome} has no session, and the server recognizes it
     * by this nonce. An application that calls {@link ChatClient#connect} again after a failed call gives the same
     * nonce each time; then the client gets the name that the server gave to the earlier call. The nonce is a secret,
     * and for one client at a time.
     *
     * @param nonce 22 to 64 letters, digits, {@code -} or {@code _}, made from at least 128 random bits; or null: then
     *     each client makes its own
     */
    public ClientOptions withNonce(String nonce) {
        return with(copy -> copy.nonce = nonce);
    }

    /**
     * Entries have a {@link dev.parley.message.Body.Reference} in place of each attachment, and {@link ChatClient#fetch} gets
     * the bytes. A server that does not know this sends attachments as before.
     */
    public ClientOptions withAttachmentsApart() {
        return with(copy -> copy.fetches = true);
    }

    /**
     * @param container the container that opens connections, or null for
     *     {@link ContainerProvider#getWebSocketContainer()}
     */
    public ClientOptions withContainer(WebSocketContainer container) {
        return with(copy -> copy.container = container);
    }

    /** @param listener receives all messages of the server that are not replies to requests, and {@code joined} */
    public ClientOptions withListener(ChatListener listener) {
        return with(copy -> copy.listener = Objects.requireNonNull(listener));
    }

    /**
     * @param reconnect whether the client connects again by itself after a connection ended with a close code that
     *     allows it
     */
    public ClientOptions withReconnect(boolean reconnect) {
        return with(copy -> copy.reconnect = reconnect);
    }

    /**
     * The pause of a client before it reconnects: a random time (full jitter) up to a ceiling, which doubles with each
     * try from {@code least} to {@code most}. If the server's {@code bye} gives a time, the client pauses for that time
     * instead.
     *
     * @throws IllegalArgumentException if one is not positive, or {@code least} is more than {@code most}
     */
    public ClientOptions withBackOff(Duration least, Duration most) {
        checkPositive("least", least);
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException("the least pause must not be longer than the longest");
        }
        return with(copy -> {
            copy.leastBackOff = least;
            copy.mostBackOff = most;
        });
    }

    /**
     * The longest time from the start of a connect to the server's {@code welcome}.
     *
     * @throws IllegalArgumentException when it isn't positive
     */
    public ClientOptions withConnectTimeout(Duration connectTimeout) {
        checkPositive("connectTimeout", connectTimeout);
        return with(copy -> copy.connectTimeout = connectTimeout);
    }

    /**
     * The longest time that the server may take to acknowledge a close.
     *
     * @throws IllegalArgumentException when it isn't positive
     */
    public ClientOptions withCloseTimeout(Duration closeTimeout) {
        checkPositive("closeTimeout", closeTimeout);
        return with(copy -> copy.closeTimeout = closeTimeout);
    }

    /**
     * The longest time that a request may wait for its reply, over any number of connections, before it fails.
     *
     * @throws IllegalArgumentException when it isn't positive
     */
    public ClientOptions withRequestTimeout(Duration requestTimeout) {
        checkPositive("requestTimeout", requestTimeout);
        return with(copy -> copy.requestTimeout = requestTimeout);
    }

    UserName name() {
        return name;
    }

    /** Null where there is none, or where tokens follow each other. */
    String token() {
        return token;
    }

    /** Null where there is one token at most. */
    Supplier<String> tokens() {
        return tokens;
    }

    String session() {
        return session;
    }

    String nonce() {
        return nonce;
    }

    /** The field of the hello; null for attachments with their bytes. */
    String attachments() {
        return fetches ? ClientMessage.Hello.APART : null;
    }

    WebSocketContainer container() {
        return container == null ? ContainerProvider.getWebSocketContainer() : container;
    }

    ChatListener listener() {
        return listener;
    }

    boolean reconnect() {
        return reconnect;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    Duration requestTimeout() {
        return requestTimeout;
    }

    BackOff backOff() {
        return new BackOff(leastBackOff, mostBackOff);
    }

    /** Leaves out the token, the session and the nonce: they are secrets, and applications log options. */
    @Override
    public String toString() {
        return "ClientOptions[name=" + name + ", reconnect=" + reconnect + ", connectTimeout=" + connectTimeout
                + ", closeTimeout=" + closeTimeout + ", requestTimeout=" + requestTimeout + "]";
    }

    private ClientOptions with(Consumer<ClientOptions> change) {
        try {
            ClientOptions copy = (ClientOptions) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException cloneable) {
            throw new IllegalStateException(cloneable);
        }
    }

    private static void checkPositive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " must be positive");
        }
    }
}
