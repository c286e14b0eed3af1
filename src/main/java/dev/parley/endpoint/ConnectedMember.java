package dev.parley.endpoint;

import dev.parley.log.User;
import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.outbox.Outbox;
import dev.parley.outbox.OutgoingFrame;
import dev.parley.room.Broadcast;
import dev.parley.room.Member;
import dev.parley.transport.SendQueues;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** A connection and its conversation, as a member of rooms. Thread-safe. */
final class ConnectedMember implements Member, Connection.Listener {
    private static final Logger LOG = System.getLogger(ConnectedMember.class.getName());

    private static final Function<List<? extends ServerMessage>, OutgoingFrame> EACH = OutgoingFrame::of;
    private static final Function<List<? extends ServerMessage>, OutgoingFrame> RUNS = OutgoingFrame::ofRuns;

    private final Connection connection;
    private final Outbox outbox;
    private final PageReads pages;
    private final Conversation conversation;
    private final Consumer<ConnectedMember> ended;
    private final Backend backend;

    /**
     * @param connection not open yet: its messages may come after {@link #open}
     * @param pageGate limits the pages of all connections
     * @param ended called once, when the connection has ended
     */
    ConnectedMember(Connection connection, Backend backend, PageGate pageGate, Consumer<ConnectedMember> ended) {
        this.connection = connection;
        this.outbox = connection.outbox;
        this.pages = new PageReads(outbox, pageGate, this::pageFailed);
        this.conversation =
                new Conversation(connection, guarded -> new Peer(connection, this, pages, backend, guarded));
        this.ended = ended;
        this.backend = backend;
    }

    /** Opens the connection. Called once. */
    void open() {
        connection.open(this);
    }

    Connection connection() {
        return connection;
    }

    Conversation conversation() {
        return conversation;
    }

    // The member.

    @Override
    public User user() {
        return connection.user();
    }

    @Override
    public void tell(ServerMessage message) {
        connection.send(message);
    }

    @Override
    public void tell(Broadcast broadcast) {
        outbox.add(frame(broadcast));
    }

    @Override
    public boolean offer(Broadcast broadcast) {
        return outbox.offer(frame(broadcast));
    }

    @Override
    public boolean hint(Object key, Broadcast broadcast) {
        return outbox.hint(key, frame(broadcast));
    }

    private OutgoingFrame frame(Broadcast broadcast) {
        return broadcast.encoded(connection.takesRuns && broadcast.hasRun() ? RUNS : EACH);
    }

    @Override
    public void whenReady(PageTurn turn) {
        pages.add(turn);
    }

    @Override
    public boolean fetches() {
        return connection.status.fetches();
    }

    @Override
    public boolean mayRead() {
        return connection.allowance.mayRead();
    }

    @Override
    public Set<Permission> permissions(RoomName room) {
        return conversation.permissions(room);
    }

    @Override
    public Duration slow(RoomName room) {
        return conversation.slow(room);
    }

    @Override
    public ParleyException refusalToRead(RoomName room) {
        return conversation.refusalToRead(room);
    }

    @Override
    public void lost(ParleyException why) {
        connection.closeWithRetry(CloseCode.RESTART, why.getMessage());
    }

    /** A page of the log was not sent completely. How far it got is not known, so the member is lost. */
    private void pageFailed(Throwable why) {
        boolean isExpected = why instanceof CompletionException && why.getCause() instanceof ParleyException
                || why instanceof ParleyException;
        if (!isExpected) {
            LOG.log(Level.ERROR, "a page of connection " + connection.number + " could not be sent", why);
        }
        lost(new ParleyException(ErrorCode.UNAVAILABLE, "a part of the log could not be told", why));
    }

    // Time, and the end.

    /** Like {@link Connection#beat}. Grants that are too old are asked for again. */
    void beat(long now, long interval, SendQueues kernel) {
        if (connection.beat(now, interval, kernel)) {
            conversation.look();
            backend.rooms().look(this);
        }
    }

    @Override
    public void closes() {
        conversation.end();
    }

    @Override
    public void ended() {
        pages.discard();
        ended.accept(this);
    }
}
