package dev.parley.client;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionState;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A member of the chat, on any Jakarta WebSocket client. Thread-safe.
 *
 * <p>Each request gives a stage that always ends: with the server's reply; with a {@link ParleyException} that carries
 * the server's code, {@code tooFast} or {@code tooLarge} where it was not even sent, or {@code unavailable} when the
 * connection ended before the reply came. After {@code unavailable} it isn't known whether a message was stored; saying
 * it again with the same id is safe. Replies are completed on the thread on which the {@link ChatListener} hears
 * everything else, in the order of the wire; waiting there for another reply is refused.
 */
public final class ChatClient implements AutoCloseable {
    /** How much may wait for the listener before the server has to wait. */
    private static final long UNHEARD_BYTES = 16 << 20;

    private static final Duration LISTENER_PATIENCE = Duration.ofSeconds(10);
    private static final int PREFIX_BYTES = 9;

    private final ClientConnection connection;
    private final ServerMessage.Welcome welcome;
    private final String idPrefix = randomPrefix();
    private final AtomicLong lastId = new AtomicLong();

    private ChatClient(ClientConnection connection, ServerMessage.Welcome welcome) {
        this.connection = connection;
        this.welcome = welcome;
    }

    /**
     * Connects, says hello and waits for the server's welcome.
     *
     * @param uri such as {@code ws://localhost:8080/chat}
     * @throws ParleyException with the server's code when it refuses (such as {@code unauthorized}), with
     *     {@code unavailable} when it can't be reached or doesn't answer within the options' {@code connectTimeout}
     */
    public static ChatClient connect(URI uri, ClientOptions options) {
        WebSocketContainer container =
                options.container() == null ? ContainerProvider.getWebSocketContainer() : options.container();
        ListenerThread thread = new ListenerThread(UNHEARD_BYTES, LISTENER_PATIENCE);
        ClientConnection connection = new ClientConnection(options, thread);
        connection.closed().whenComplete((closed, never) -> thread.end());
        return new ChatClient(connection, connection.open(container, uri, options.connectTimeout()));
    }

    /** Under which name, and with which limits, the server took this client in. */
    public ServerMessage.Welcome welcome() {
        return welcome;
    }

    /** Where the connection stands; {@code MESSAGE_RECEIVED} for the moment in which a frame is taken in. */
    public ConnectionState state() {
        return connection.state();
    }

    /** Completed when the connection has ended, by either side; after the last reply, never exceptionally. */
    public CompletionStage<Closed> closed() {
        return connection.closed().copy();
    }

    /** Joins a room anew: the reply has its newest {@value ClientMessage#DEFAULT_LIMIT} entries. */
    public CompletionStage<ServerMessage.Joined> join(RoomName room) {
        return join(room, null, null, ClientMessage.DEFAULT_LIMIT);
    }

    /**
     * Joins a room from where one had been.
     *
     * @param since the last seq seen
     * @param epoch the log in which it was seen
     */
    public CompletionStage<ServerMessage.Joined> join(RoomName room, long since, String epoch) {
        return join(room, since, epoch, ClientMessage.DEFAULT_LIMIT);
    }

    private CompletionStage<ServerMessage.Joined> join(RoomName room, Long since, String epoch, int limit) {
        return request(ServerMessage.Joined.class, ref -> new ClientMessage.Join(ref, room, since, epoch, limit));
    }

    public CompletionStage<ServerMessage.Left> leave(RoomName room) {
        return request(ServerMessage.Left.class, ref -> new ClientMessage.Leave(ref, room));
    }

    /** Says a text under an id that this client makes up. */
    public CompletionStage<ServerMessage.Said> say(RoomName room, String text) {
        return request(ServerMessage.Said.class, ref -> new ClientMessage.Say(ref, room, newId(), new Body.Text(text)));
    }

    /**
     * Says a text or an attachment. The reply means that it is durable.
     *
     * @param id unique among this user's messages in the room, 1 to 64 characters: what was said under it before isn't
     *     said again, and gets the first reply again
     */
    public CompletionStage<ServerMessage.Said> say(RoomName room, String id, Body body) {
        return request(ServerMessage.Said.class, ref -> new ClientMessage.Say(ref, room, id, body));
    }

    /**
     * The newest entries of a room.
     *
     * @param limit at most so many, 1 to 200
     */
    public CompletionStage<ServerMessage.History> history(RoomName room, int limit) {
        return history(room, null, null, limit);
    }

    /** The entries just below {@code seq}. @param limit at most so many, 1 to 200 */
    public CompletionStage<ServerMessage.History> historyBefore(RoomName room, long seq, int limit) {
        return history(room, seq, null, limit);
    }

    /** The entries just above {@code seq}. @param limit at most so many, 1 to 200 */
    public CompletionStage<ServerMessage.History> historyAfter(RoomName room, long seq, int limit) {
        return history(room, null, seq, limit);
    }

    private CompletionStage<ServerMessage.History> history(RoomName room, Long before, Long after, int limit) {
        return request(ServerMessage.History.class, ref -> new ClientMessage.History(ref, room, before, after, limit));
    }

    /**
     * Tells the room that this user is typing.
     *
     * @throws ParleyException with {@code tooFast} when too much waits to be sent, with {@code unavailable} when the
     *     connection has ended
     */
    public void typing(RoomName room) {
        connection.send(new ClientMessage.Typing(room));
    }

    /**
     * Tells the room how far this user has read.
     *
     * @throws ParleyException as {@link #typing} does
     */
    public void read(RoomName room, long seq) {
        connection.send(new ClientMessage.Read(room, seq));
    }

    /** Closes with 1000. */
    @Override
    public void close() {
        close(CloseCode.NORMAL.code(), "");
    }

    /**
     * Closes for good, and waits for the server's acknowledgement at most about the options' {@code closeTimeout}. What
     * waits to be sent is dropped, and what waits for a reply fails with {@code unavailable}. Does nothing but wait
     * when it is closing already.
     *
     * @param code 1000, 1001, or 3000 to 4999
     * @param reason what doesn't fit into the 123 bytes of a close frame is cut off
     * @throws ParleyException with {@code badRequest} for a code that a client may not send
     */
    public void close(int code, String reason) {
        if (code != 1000 && code != 1001 && (code < 3000 || code > 4999)) {
            throw new ParleyException(ErrorCode.BAD_REQUEST, code + " is no close code for a client to send");
        }
        connection.close(code, reason);
    }

    private <T> CompletionStage<T> request(Class<T> reply, Function<Ref, ClientMessage> message) {
        return connection.request(reply, message);
    }

    private String newId() {
        return idPrefix + lastId.incrementAndGet();
    }

    private static String randomPrefix() {
        byte[] random = new byte[PREFIX_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "-";
    }
}
