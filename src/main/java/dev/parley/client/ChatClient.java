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
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A member of the chat, on any Jakarta WebSocket client. Thread-safe.
 *
 * <p>It comes back by itself. When a connection ends that may be followed by another, it connects again after a pause, as
 * the same user, joins its rooms from where it was, and sends again what was not answered, in order. So what is said is
 * stored once, and the {@link ChatListener} hears every entry once. Meanwhile at most 10,000 requests of 16 MiB wait.
 *
 * <p>Each request gives a stage that always ends: with the server's reply; with a {@link ParleyException} that carries
 * the server's code, {@code tooFast} or {@code tooLarge} where it was not even sent, or {@code unavailable} when no reply
 * came within the options' {@code requestTimeout}, or before the client was closed. After that it isn't known whether a
 * message was stored; saying it again with the same id is safe. Nothing is sent faster than the server takes it.
 *
 * <p>Replies are completed on the thread on which the listener hears everything else, in the order of the wire; waiting
 * there for another reply is refused.
 */
public final class ChatClient implements AutoCloseable {
    /** How much may wait for the listener before the server has to wait. */
    private static final long UNHEARD_BYTES = 16 << 20;

    private static final Duration LISTENER_PATIENCE = Duration.ofSeconds(10);
    private static final int PREFIX_BYTES = 9;

    private final Requests requests;
    private final Positions positions = new Positions();
    private final Reconnector reconnector;
    private final String idPrefix = RandomText.of(PREFIX_BYTES) + "-";
    private final AtomicLong lastId = new AtomicLong();

    private ChatClient(URI uri, ClientOptions options) {
        ListenerThread thread = new ListenerThread(UNHEARD_BYTES, LISTENER_PATIENCE);
        this.requests = new Requests(thread, options.requestTimeout());
        Reception reception = new Reception(options.listener(), requests, positions);
        this.reconnector = new Reconnector(uri, options, thread, requests, reception);
    }

    /**
     * Connects, says hello and waits for the server's welcome. Only what was once connected comes back by itself; see
     * {@link ClientOptions#withNonce} for how to try again as the same guest.
     *
     * @param uri such as {@code ws://localhost:8080/chat}
     * @throws ParleyException with the server's code when it refuses ({@code unauthorized} for whom it doesn't let in,
     *     {@code forbidden}), with {@code badRequest} for a nonce that is none, with {@code unavailable} when it can't be
     *     reached, refuses the handshake or doesn't answer within the options' {@code connectTimeout}; the message says why
     */
    public static ChatClient connect(URI uri, ClientOptions options) {
        ChatClient client = new ChatClient(uri, options);
        client.reconnector.connect();
        return client;
    }

    /** Under which name, and with which limits, the server took this client in the last time. */
    public ServerMessage.Welcome welcome() {
        return reconnector.welcome();
    }

    /**
     * Where the present connection stands, or the last one while there is none; {@code MESSAGE_RECEIVED} for the moment
     * in which a frame is taken in.
     */
    public ConnectionState state() {
        return reconnector.state();
    }

    /** Completed when the client has ended for good, by either side; after the last reply, never exceptionally. */
    public CompletionStage<Closed> closed() {
        return reconnector.closed().copy();
    }

    /**
     * Joins a room anew: the reply has its newest {@value ClientMessage#DEFAULT_LIMIT} entries, which the listener hears
     * too. In a room that is joined already it goes on from what was heard.
     */
    public CompletionStage<ServerMessage.Joined> join(RoomName room) {
        return join(room, null, null, ClientMessage.DEFAULT_LIMIT);
    }

    /**
     * Joins a room from where one had been. In a room that is joined already it goes on from what was heard.
     *
     * @param since the last seq seen
     * @param epoch the log in which it was seen
     */
    public CompletionStage<ServerMessage.Joined> join(RoomName room, long since, String epoch) {
        return join(room, since, epoch, ClientMessage.DEFAULT_LIMIT);
    }

    private CompletionStage<ServerMessage.Joined> join(RoomName room, Long since, String epoch, int limit) {
        return request(ServerMessage.Joined.class, ref -> positions.join(ref, room, since, epoch, limit));
    }

    public CompletionStage<ServerMessage.Left> leave(RoomName room) {
        return request(ServerMessage.Left.class, ref -> new ClientMessage.Leave(ref, room));
    }

    /** Says a text under an id that this client makes up. */
    public CompletionStage<ServerMessage.Said> say(RoomName room, String text) {
        return request(
                ServerMessage.Said.class,
                ref -> new ClientMessage.Say(ref, checked(room), newId(), new Body.Text(text)));
    }

    /**
     * Says a text or an attachment. The reply means that it is durable.
     *
     * @param id unique among this user's messages in the room, 1 to 64 characters: what was said under it before isn't
     *     said again, and gets the first reply again; null for one that this client makes up
     */
    public CompletionStage<ServerMessage.Said> say(RoomName room, String id, Body body) {
        String known = id == null ? newId() : id;
        return request(ServerMessage.Said.class, ref -> new ClientMessage.Say(ref, checked(room), known, body));
    }

    private static RoomName checked(RoomName room) {
        if (room == null) {
            throw ParleyException.badRequest("room is missing");
        }
        return room;
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
     * Tells the room that this user is typing; dropped where there is no connection, or much waits to be sent.
     *
     * @throws ParleyException with {@code unavailable} when the client was closed
     */
    public void typing(RoomName room) {
        hint(new ClientMessage.Typing(room));
    }

    /**
     * Tells the room how far this user has read; told again after a break.
     *
     * @throws ParleyException as {@link #typing} does
     */
    public void read(RoomName room, long seq) {
        ClientMessage.Read read = new ClientMessage.Read(room, seq);
        positions.read(room, seq);
        hint(read);
    }

    private void hint(ClientMessage message) {
        if (reconnector.isClosing() || reconnector.closed().isDone()) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the client was closed");
        }
        reconnector.outbox().hint(message);
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
        reconnector.close(code, reason);
    }

    private <T> CompletionStage<T> request(Class<T> reply, Function<Ref, ClientMessage> message) {
        ReplyFuture<T> answer = requests.add(reply, message);
        reconnector.outbox().poke();
        return answer;
    }

    private String newId() {
        return idPrefix + lastId.incrementAndGet();
    }
}
