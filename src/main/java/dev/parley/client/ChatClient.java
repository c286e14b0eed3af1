package dev.parley.client;

import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A member of the chat, on any Jakarta WebSocket client. Thread-safe.
 *
 * <p>It reconnects by itself. When a connection ends with a close code that allows it, the client pauses, connects
 * again as the same user, joins its rooms from the last position, and sends all unanswered requests again, in order. So
 * each message is stored once, and the {@link ChatListener} receives each entry once. At most 10,000 requests with 16
 * MiB in all wait meanwhile.
 *
 * <p>Each request returns a stage that always completes: with the server's reply, or with a {@link ParleyException}.
 * Its code is the server's; or {@code tooFast} where too many requests wait already; or {@code tooLarge} where the
 * message is larger than the server accepts; or {@code unavailable} where no reply came within the options'
 * {@code requestTimeout} or before the client was closed. After {@code unavailable} it is unknown whether the message
 * was stored; it is safe to say it again with the same id. The client sends no faster than the server's rate limit
 * allows.
 *
 * <p>Replies are completed on the listener's thread, in the order in which the server sent them. On that thread
 * {@code get()} and {@code join()} of an incomplete reply throw an {@link IllegalStateException}.
 */
public final class ChatClient implements AutoCloseable {
    /** Where this many bytes wait for the listener, the client stops reading, so that the server has to wait. */
    private static final long UNHEARD_BYTES = 16 << 20;

    private static final Duration LISTENER_PATIENCE = Duration.ofSeconds(10);
    private static final int PREFIX_BYTES = 9;

    private final Requests requests;
    private final Reception reception;
    private final Positions positions = new Positions();
    private final Reconnector reconnector;
    private final String idPrefix = RandomText.of(PREFIX_BYTES) + "-";
    private final AtomicLong lastId = new AtomicLong();

    private ChatClient(URI uri, ClientOptions options) {
        ListenerThread thread = new ListenerThread(UNHEARD_BYTES, LISTENER_PATIENCE);
        this.requests = new Requests(thread, options.requestTimeout());
        this.reception = new Reception(options.listener(), thread, options::backOff, requests, positions);
        this.reconnector = new Reconnector(uri, options, thread, requests, reception);
    }

    /**
     * Connects, sends {@code hello} and waits for the server's {@code welcome}. Reconnecting starts only after a first
     * success; see {@link ClientOptions#withNonce} for how to try again as the same guest.
     *
     * @param uri such as {@code ws://localhost:8080/chat}
     * @throws ParleyException with the server's code where the server rejects the client ({@code unauthorized},
     *     {@code forbidden}); with {@code badRequest} for an invalid nonce; with {@code unavailable} where the server
     *     can't be reached, rejects the handshake or doesn't answer within the options' {@code connectTimeout}. The
     *     message gives the reason
     */
    public static ChatClient connect(URI uri, ClientOptions options) {
        ChatClient client = new ChatClient(uri, options);
        client.reconnector.connect();
        return client;
    }

    /** The newest {@code welcome} of the server, with the limits, and with the name that this client has now. */
    public ServerMessage.Welcome welcome() {
        return reconnector.welcome();
    }

    /**
     * The state of the current connection, or of the last one while there is none. {@code MESSAGE_RECEIVED} lasts only
     * while a received frame is handled.
     */
    public ConnectionState state() {
        return reconnector.state();
    }

    /** Completed when either side has ended the client for good: after the last reply, and never exceptionally. */
    public CompletionStage<Closed> closed() {
        return reconnector.closed().copy();
    }

    /**
     * Joins a room without a position: the reply has the room's newest {@value ClientMessage#DEFAULT_LIMIT} entries,
     * and the listener receives them too. A room that is joined already continues from the last entry that was
     * received.
     */
    public CompletionStage<ServerMessage.Joined> join(RoomName room) {
        return join(room, null, null, ClientMessage.DEFAULT_LIMIT);
    }

    /**
     * Joins a room from an earlier position. A room that is joined already continues from the last entry that was
     * received.
     *
     * @param since the {@code seq} of the last entry received
     * @param epoch the epoch of the log from which it was received
     */
    public CompletionStage<ServerMessage.Joined> join(RoomName room, long since, String epoch) {
        return join(room, since, epoch, ClientMessage.DEFAULT_LIMIT);
    }

    private CompletionStage<ServerMessage.Joined> join(RoomName room, Long since, String epoch, int limit) {
        return request(ServerMessage.Joined.class, ref -> positions.join(ref, room, since, epoch, limit));
    }

    /**
     * Joins the inbox of this client's user: what the application sends to this user alone, on all its devices. It is the room
     * {@link RoomName#INBOX}, in which the client can only read. The newest {@value ClientMessage#DEFAULT_LIMIT} entries come first.
     *
     * @param entries receives each entry after the {@link ChatListener}, once and in order, over any number of connections; on the
     *     listener's thread, by its rules. It replaces the one of an earlier call
     * @return fails with {@code forbidden} for a guest, who has no inbox
     */
    public CompletionStage<ServerMessage.Joined> inbox(Consumer<Entry> entries) {
        reception.inbox(entries);
        return join(RoomName.INBOX);
    }

    /**
     * Joins the inbox of this client's user from an earlier position, as {@link #join(RoomName, long, String)} does.
     *
     * @param entries as in {@link #inbox(Consumer)}
     */
    public CompletionStage<ServerMessage.Joined> inbox(Consumer<Entry> entries, long since, String epoch) {
        reception.inbox(entries);
        return join(RoomName.INBOX, since, epoch);
    }

    public CompletionStage<ServerMessage.Left> leave(RoomName room) {
        return request(ServerMessage.Left.class, ref -> new ClientMessage.Leave(ref, room));
    }

    /** Says a text under an id that this client makes. */
    public CompletionStage<ServerMessage.Said> say(RoomName room, String text) {
        return request(
                ServerMessage.Said.class,
                ref -> new ClientMessage.Say(ref, checked(room), newId(), new Body.Text(text)));
    }

    /**
     * Says a text or an attachment. The reply means that the entry is durable. A {@link Body.Reference} fails with {@code badRequest}:
     * fetch its bytes, and say them as an attachment.
     *
     * @param id unique among this user's messages in the room, 1 to 64 characters. A message whose id was used before
     *     is not stored again, and gets the first reply again. Null: this client makes an id
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
     * @param limit the most entries to return, 1 to 200
     */
    public CompletionStage<ServerMessage.History> history(RoomName room, int limit) {
        return history(room, null, null, limit);
    }

    /**
     * The entries just below {@code seq}.
     *
     * @param limit the most entries to return, 1 to 200
     */
    public CompletionStage<ServerMessage.History> historyBefore(RoomName room, long seq, int limit) {
        return history(room, seq, null, limit);
    }

    /**
     * The entries just above {@code seq}.
     *
     * @param limit the most entries to return, 1 to 200
     */
    public CompletionStage<ServerMessage.History> historyAfter(RoomName room, long seq, int limit) {
        return history(room, null, seq, limit);
    }

    private CompletionStage<ServerMessage.History> history(RoomName room, Long before, Long after, int limit) {
        return request(ServerMessage.History.class, ref -> new ClientMessage.History(ref, room, before, after, limit));
    }

    /**
     * Makes a room, of which this client's user is the owner then, where the server lets users do that. It may be repeated after a
     * broken connection.
     *
     * @param closed whether only users with a role may be in the room
     */
    public CompletionStage<ServerMessage.Moderated> create(RoomName room, boolean closed) {
        return request(ServerMessage.Moderated.class, ref -> new ClientMessage.Create(ref, room, closed));
    }

    /**
     * Moderates a user, with the permission {@code moderate}. After a broken connection it may be done twice.
     *
     * @param action {@code remove}, {@code ban}, {@code unban}, {@code mute}, {@code unmute}, {@code invite} or {@code dismiss}
     * @param whom by name, by an entry, or by the id of a signed-in user
     * @param duration of a ban or a mute, in whole seconds; null for ever, or for the other actions
     * @param address whether a ban or a mute is also about the address of the user
     * @param reason at most 200 characters; or null
     */
    public CompletionStage<ServerMessage.Moderated> moderate(
            RoomName room, ModerationAction action, Target whom, Duration duration, boolean address, String reason) {
        Long seconds = duration == null ? null : Long.valueOf(duration.toSeconds());
        return moderate(room, action, whom, whom.seq(), seconds, address, null, reason);
    }

    /** @param whom null if it is about no user */
    private CompletionStage<ServerMessage.Moderated> moderate(
            RoomName room,
            ModerationAction action,
            Target whom,
            Long seq,
            Long seconds,
            boolean address,
            Role role,
            String reason) {
        CallerId caller = whom == null ? null : whom.caller();
        if (caller != null && caller.kind() != Caller.Kind.USER) {
            throw ParleyException.badRequest("only signed-in users have an id that a client can name");
        }
        UserName user = whom == null ? null : whom.user();
        String id = caller == null ? null : caller.id();
        return request(
                ServerMessage.Moderated.class,
                ref -> new ClientMessage.Moderate(ref, room, action, user, id, seq, seconds, address, role, reason));
    }

    /** Gives a user another role, as an owner of the room. The parameters are those of {@link #moderate}. */
    public CompletionStage<ServerMessage.Moderated> appoint(RoomName room, Target whom, Role role, String reason) {
        return moderate(room, ModerationAction.APPOINT, whom, whom.seq(), null, false, role, reason);
    }

    /** Lets only users with a role be in the room, or all signed-in users, as an owner of the room. */
    public CompletionStage<ServerMessage.Moderated> close(RoomName room, boolean closed, String reason) {
        ModerationAction action = closed ? ModerationAction.CLOSE : ModerationAction.OPEN;
        return moderate(room, action, null, null, null, false, null, reason);
    }

    /**
     * Sets the least time between two messages of one member, with the permission {@code moderate}.
     *
     * @param pause in whole seconds, at most six hours; zero for none
     */
    public CompletionStage<ServerMessage.Moderated> slow(RoomName room, Duration pause, String reason) {
        return moderate(room, ModerationAction.SLOW, null, null, pause.toSeconds(), false, null, reason);
    }

    /** Erases the content of an entry, with the permission {@code moderate}. */
    public CompletionStage<ServerMessage.Moderated> erase(RoomName room, long seq, String reason) {
        return moderate(room, ModerationAction.ERASE, null, seq, null, false, null, reason);
    }

    /**
     * Fetches all bytes of an attachment; see {@link ClientOptions#withAttachmentsApart}. They come in parts of 256 KiB to 1 MiB, one after
     * the other, and are put together. So each part is a request with a timeout of its own. If one part fails, the whole fails.
     *
     * @param seq the number of its entry
     * @return has the first part's {@code ref}; fails with {@code notFound} if there is no attachment, or its content was erased; with {@code
     *     unavailable} if its size changed between two parts; with {@code tooLarge} if an array can't have so many bytes
     */
    public CompletionStage<ServerMessage.Fetched> fetch(RoomName room, long seq) {
        return WholeAttachment.fetch((offset, length) -> fetch(room, seq, offset, length));
    }

    /**
     * Fetches a part of an attachment.
     *
     * @param offset the first byte. The reply has no bytes if that is beyond the end
     * @param length the most bytes, 1 or more. The reply never has more than 1 MiB, and may have fewer bytes
     */
    public CompletionStage<ServerMessage.Fetched> fetch(RoomName room, long seq, long offset, long length) {
        long most = Math.min(length, WholeAttachment.LARGEST_PART);
        return request(ServerMessage.Fetched.class, ref -> new ClientMessage.Fetch(ref, room, seq, offset, most));
    }

    /**
     * Sends the room a hint that this user is typing. The hint is dropped where there is no connection, or 100 hints
     * wait.
     *
     * @throws ParleyException with {@code unavailable} if the client is closed
     */
    public void typing(RoomName room) {
        hint(new ClientMessage.Typing(room));
    }

    /**
     * Sends a text or data to the members who are in the room now. It is not stored, and dropped where there is no connection, or
     * 100 hints wait.
     *
     * @param body a {@link Body.Text} or {@link Body.Data} of at most 8,192 bytes
     * @throws ParleyException as {@link #typing} does; with {@code tooLarge} if it is larger than the server accepts
     */
    public void signal(RoomName room, Body body) {
        ClientMessage.Signal signal = new ClientMessage.Signal(null, room, body);
        FrameLimit.check(signal, welcome().limits());
        hint(signal);
    }

    /**
     * Sends the room how far this user has read. The newest position is sent again after a reconnect.
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
     * Closes for good, and waits for the server's acknowledgement for about the options' {@code closeTimeout} at most.
     * Unsent messages are dropped, and unanswered requests fail with {@code unavailable}. If the client is closing
     * already, this only waits.
     *
     * @param code 1000, 1001, or 3000 to 4999
     * @param reason cut off after the 123 bytes of UTF-8 that fit into a close frame
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
        reconnector.outbox().flush();
        return answer;
    }

    private String newId() {
        return idPrefix + lastId.incrementAndGet();
    }
}
