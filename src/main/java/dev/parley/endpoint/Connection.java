package dev.parley.endpoint;

import dev.parley.admission.ConnectionLimit;
import dev.parley.log.User;
import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ConnectionState;
import dev.parley.message.Lifecycle;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.operator.Incident;
import dev.parley.outbox.Outbox;
import dev.parley.outbox.OutgoingFrame;
import dev.parley.room.Broadcast;
import dev.parley.room.Member;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Set;

/**
 * One WebSocket, from its opening to its end: its state, its signs of life, and what is sent on it. Thread-safe.
 *
 * <p>Its {@link Lifecycle} says where it stands; whoever moves that to CLOSING or to CLOSED, the peer, the container,
 * the heartbeat or the server itself, ends the conversation, once.
 */
final class Connection implements Member {
    private static final Logger LOG = System.getLogger(Connection.class.getName());

    final long number;
    final Transport transport;
    private final Session session;
    private final Connections all;
    private final ConnectionTroubles troubles;
    private final Outbox outbox;
    private final PageReads pages;
    private final Lifecycle lifecycle;
    private final Conversation conversation;
    private final Allowance allowance;
    private volatile User user;
    private volatile String sessionKey;
    private final KeepAlive keepAlive;
    private final IncomingFrames incoming;
    private final HeldMemory memory;
    private final ConnectionCheck check;
    private final Closing closing;

    /**
     * @param all where it belongs
     * @param session open, and this connection's alone
     * @param transport the TCP connection
     * @param permit what is free again at the end
     */
    Connection(Connections all, long number, Session session, Transport transport, ConnectionLimit.Permit permit) {
        this.all = all;
        this.number = number;
        this.session = session;
        this.transport = transport;
        this.closing = new Closing(number, session, transport.bytes());
        this.lifecycle = new Lifecycle(this::told);
        this.troubles = new ConnectionTroubles(this, all);
        this.outbox = all.outbox(this, session.getAsyncRemote(), transport.bytes(), troubles);
        PingClock pingClock = new PingClock(System.nanoTime());
        this.keepAlive = new KeepAlive(pingClock, outbox);
        this.incoming = new IncomingFrames(this, outbox, keepAlive, all.rules().limits());
        this.pages = new PageReads(outbox, all.pageGate(), troubles::page);
        this.memory = new HeldMemory(outbox, all.budget());
        this.check = new ConnectionCheck(this, permit, pingClock, keepAlive, outbox, memory);
        this.allowance = all.allowance(transport.address());
        this.conversation = new Conversation(
                this,
                all.loop(this)::add,
                guarded -> new Peer(this, all, allowance, session.getUserPrincipal(), guarded));
        transport.opened(incoming);
        lifecycle.opened();
    }

    private void told(ConnectionState from, ConnectionState to) {
        LOG.log(Level.DEBUG, () -> "connection " + number + ": " + from + " -> " + to);
        if (to == ConnectionState.CLOSING) {
            closing.begin();
        }
        all.transition(this, from, to);
    }

    @Override
    public User user() {
        return user;
    }

    /**
     * Who the peer is; before it is a member of any room, and again when new credentials go on where others ended.
     *
     * @param session what tells its session from all others
     * @param until when its credentials end, or null
     */
    void identify(User who, String session, Instant until) {
        check.validUntil(until);
        sessionKey = session;
        user = who;
    }

    /** What tells the peer's session from all others, or null before it is known. */
    String sessionKey() {
        return sessionKey;
    }

    /** Whether it ended in a way after which the peer comes back. Known before the conversation ends. */
    boolean isLost() {
        return closing.isLoss();
    }

    // What comes in, on the container's threads, one at a time.

    void received(Runnable handling) {
        if (!lifecycle.messageReceived()) {
            return;
        }
        try {
            handling.run();
        } catch (RuntimeException | Error e) {
            troubles.message(e);
        } finally {
            lifecycle.messageHandled();
        }
    }

    ConnectionTroubles troubles() {
        return troubles;
    }

    Conversation conversation() {
        return conversation;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    IncomingFrames incoming() {
        return incoming;
    }

    ConnectionInfo info() {
        return new ConnectionInfo(number, user() == null ? null : user().name(), lifecycle.state());
    }

    boolean isOpen() {
        return lifecycle.state().isOpen();
    }

    /** Tells the peer of its handshake, and from now on of each ping and pong; or no more. */
    void watch(ClientMessage.Watch watch) {
        tell(transport.head().answer(watch, session));
        keepAlive.watch(watch.on());
    }

    // What goes out, from any thread.

    @Override
    public void tell(ServerMessage message) {
        if (message instanceof ServerMessage.Error error) {
            all.operatorLog().count(Incident.of(error.code()));
        }
        OutgoingFrame frame = OutgoingFrame.of(message);
        allowance.told(message, frame.size);
        outbox.add(frame);
    }

    @Override
    public void tell(Broadcast broadcast) {
        outbox.add(broadcast.encoded(OutgoingFrame::of));
    }

    @Override
    public boolean offer(Broadcast broadcast) {
        return outbox.offer(broadcast.encoded(OutgoingFrame::of));
    }

    @Override
    public void hint(Object key, Broadcast broadcast) {
        outbox.hint(key, broadcast.encoded(OutgoingFrame::of));
    }

    @Override
    public void whenReady(PageTurn turn) {
        pages.add(turn);
    }

    @Override
    public boolean mayRead() {
        return allowance.mayRead();
    }

    @Override
    public Set<Permission> permissions(RoomName room) {
        return conversation.permissions(room);
    }

    @Override
    public ParleyException refusalToRead(RoomName room) {
        return conversation.refusalToRead(room);
    }

    /** How many pages wait to be read from the log for this connection. */
    int pagesWaiting() {
        return pages.waiting();
    }

    @Override
    public void lost(ParleyException why) {
        close(CloseCode.RESTART, why.getMessage(), all.comeBackAfter());
    }

    HeldMemory memory() {
        return memory;
    }

    /** Does what time asks for: a ping, a beat, or an end. On the timer. */
    void beat(long now, long interval, SendQueues kernel) {
        switch (lifecycle.state()) {
            case CLOSING -> {
                if (closing.isOverdue(now, () -> outbox.unsent() + transport.untaken(kernel))) {
                    broke("the peer did not answer the close");
                }
            }
            case OPEN, MESSAGE_RECEIVED -> check.run(now, interval);
            default -> {}
        }
    }

    // The end.

    /** @param retryAfter when the peer should come back, in milliseconds, or null @return whether it was open until now */
    boolean close(CloseCode code, String reason, Long retryAfter) {
        if (!lifecycle.closing()) {
            return false;
        }
        all.operatorLog().count(Incident.of(code));
        closing.because(code, reason);
        conversation.end();
        OutgoingFrame bye = OutgoingFrame.of(new ServerMessage.Bye(code.code(), reason, retryAfter));
        outbox.finish(
                bye, () -> all.later(() -> closing.send(() -> broke("it could not be closed, or memory is short"))));
        return true;
    }

    /** From now on the answer to a close frame is not waited for. */
    void hurry() {
        closing.hurry();
    }

    /** The peer's close frame has come. @return whether the container is to answer it */
    boolean peerCloses() {
        return closing.peerCloses(() -> all.later(() -> broke("both sides have closed")));
    }

    /** The container says that the WebSocket is closed. */
    void closed(int code) {
        if (code != CloseCode.BROKEN && lifecycle.closing()) {
            all.operatorLog().count(Incident.ofContainer(code));
            closing.fromOutside(code);
        }
        ended();
    }

    /** The line is dead, or is to be. */
    void broke(String how) {
        LOG.log(Level.DEBUG, () -> "connection " + number + " broke: " + how);
        ended();
        transport.cut();
        // Where the line can't be cut, the container at least lets go of it.
        all.later(closing::letGo);
    }

    /** The container could not read what came: a line that broke, or bytes that are no WebSocket. */
    void failed(Throwable cause) {
        LOG.log(Level.DEBUG, () -> "connection " + number, cause);
        if (!session.isOpen()) {
            ended();
        }
    }

    private void ended() {
        if (lifecycle.closed()) {
            conversation.end();
            outbox.discard();
            pages.discard();
            memory.assembled().close();
            check.end();
            all.forget(this);
        }
    }
}
