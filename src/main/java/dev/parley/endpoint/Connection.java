package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionState;
import dev.parley.message.ErrorCode;
import dev.parley.message.Lifecycle;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import dev.parley.operator.Incident;
import dev.parley.room.Broadcast;
import dev.parley.room.Member;
import dev.parley.room.User;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One WebSocket, from its opening to its end: its state, its signs of life, and what is sent on it. Thread-safe.
 *
 * <p>Its {@link Lifecycle} says where it stands; whoever moves that to CLOSING or to CLOSED, the peer, the container,
 * the heartbeat or the server itself, ends the conversation, once.
 */
final class Connection implements Member {
    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final long LET_GO_MILLIS = 1_000;
    /** How long a peer may take nothing while more waits for it than may wait. */
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    final long number;
    private final Session session;
    private final Connections all;
    private final Transport transport;
    private final Seats.Seat seat;
    private final Outbox outbox;
    private final Pages pages;
    private final Lifecycle lifecycle;
    private final Conversation conversation;
    private final Allowance allowance;
    private volatile User user;
    private volatile String sessionKey;
    private final Vitals vitals = new Vitals(System.nanoTime());
    private final Pings pings;
    private final IncomingFrames incoming;
    private final MemoryBudget.Share assembled;
    private final MemoryBudget.Share waiting;
    private final long opened = System.nanoTime();
    private volatile long closingSince;
    private volatile CloseReason closeReason;

    /**
     * @param all where it belongs
     * @param session open, and this connection's alone
     * @param transport the TCP connection
     * @param seat what is free again at the end
     */
    Connection(Connections all, long number, Session session, Transport transport, Seats.Seat seat) {
        this.all = all;
        this.number = number;
        this.session = session;
        this.transport = transport;
        this.seat = seat;
        this.lifecycle = new Lifecycle(this::told);
        this.outbox = all.outbox(this, session.getAsyncRemote(), transport.bytes(), new Troubles());
        this.pings = new Pings(vitals, outbox);
        this.incoming = new IncomingFrames(this, outbox, pings, all.rules().limits());
        this.pages = new Pages(outbox, all.pageGate(), this::pageFailed);
        this.assembled = all.budget().new Share();
        this.waiting = all.budget().new Share();
        Principal principal = session.getUserPrincipal();
        this.allowance = all.allowance(transport.address());
        this.conversation = new Conversation(this, all, allowance, principal);
        if (transport.gate() != null) {
            transport.gate().opened(incoming);
        }
        lifecycle.opened();
    }

    private void told(ConnectionState from, ConnectionState to) {
        LOG.log(Level.DEBUG, () -> "connection " + number + ": " + from + " -> " + to);
        if (to == ConnectionState.CLOSING) {
            closingSince = System.nanoTime();
        }
        all.transition(this, from, to);
    }

    @Override
    public User user() {
        return user;
    }

    /**
     * Who the peer is; said once, before it is a member of any room.
     *
     * @param session what tells its session from all others
     */
    void identify(User who, String session) {
        sessionKey = session;
        user = who;
    }

    /** What tells the peer's session from all others, or null before it is known. */
    String sessionKey() {
        return sessionKey;
    }

    // What comes in, on the container's threads, one at a time.

    void received(Runnable handling) {
        if (!lifecycle.messageReceived()) {
            return;
        }
        try {
            handling.run();
        } catch (RuntimeException | Error e) {
            failedToAnswer(e);
        } finally {
            lifecycle.messageHandled();
        }
    }

    /** A message was not answered, and not even refused: the peer is told at least to come back. */
    void failedToAnswer(Throwable why) {
        LOG.log(Level.ERROR, "a message of connection " + number + " could not be answered", why);
        try {
            close(CloseCode.INTERNAL, "the server could not answer a message", all.comeBackAfter());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "connection " + number + " could not be closed in order", e);
            broke(e.toString());
        }
    }

    Conversation conversation() {
        return conversation;
    }

    Pings pings() {
        return pings;
    }

    /** The container itself hands on a pong. */
    void pong(ByteBuffer payload) {
        incoming.pong(payload);
    }

    /** The container itself hands on a part of a message that is not its last one. */
    void fragment(int bytes) {
        if (transport.gate() == null) {
            incoming.fragment(bytes);
        }
    }

    boolean isOpen() {
        ConnectionState state = lifecycle.state();
        return state == ConnectionState.OPEN || state == ConnectionState.MESSAGE_RECEIVED;
    }

    /** Tells the peer of its handshake, and from now on of each ping and pong; or no more. */
    void watch(ClientMessage.Watch watch) {
        tell(transport.head().answer(watch, session));
        pings.watch(watch.on());
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

    /** How many pages wait to be read from the log for this connection. */
    int pagesWaiting() {
        return pages.waiting();
    }

    private void pageFailed(Throwable why) {
        boolean foreseen = why instanceof CompletionException && why.getCause() instanceof ParleyException
                || why instanceof ParleyException;
        if (!foreseen) {
            LOG.log(Level.ERROR, "a page of connection " + number + " could not be told", why);
        }
        lost(new ParleyException(ErrorCode.UNAVAILABLE, "a part of the log could not be told", why));
    }

    @Override
    public void lost(ParleyException why) {
        close(CloseCode.RESTART, why.getMessage(), all.comeBackAfter());
    }

    /** What this connection holds for a message of which only a part has come. */
    MemoryBudget.Share assembled() {
        return assembled;
    }

    /** What it holds for messages that wait for the answer to an earlier one. */
    MemoryBudget.Share waiting() {
        return waiting;
    }

    // What it holds, and that it must give it back, on the timer.

    /** How many bytes are unsent, belong to a message that is not complete, or to messages that wait. */
    long held() {
        return outbox.unsent() + assembled.bytes() + waiting.bytes();
    }

    /** For how long nothing of that has been taken by the peer, or come from it, in nanoseconds. */
    long heldFor(long now) {
        return Math.max(outbox.stuckFor(now), Math.max(assembled.heldFor(now), waiting.heldFor(now)));
    }

    /** The process is short of memory: this connection ends, and at the second call without a close frame. */
    void relieve() {
        outbox.clear();
        if (isOpen()) {
            close(CloseCode.TOO_SLOW, "the server is short of memory, and this connection held most of it", null);
        } else {
            broke("it held memory when that was short");
        }
    }

    // Signs of life, on the timer.

    /** Does what time asks for: a ping, a beat, or an end. */
    void beat(long now, long interval) {
        switch (lifecycle.state()) {
            case CLOSING -> {
                if (now - closingSince > all.closeTimeout()) {
                    broke("the peer did not answer the close");
                }
            }
            case OPEN, MESSAGE_RECEIVED -> signal(now, interval);
            default -> {}
        }
    }

    private void signal(long now, long interval) {
        if (user == null && now - opened > interval / 2 && seat.isCrowded()) {
            // Not before: whoever types at a terminal takes its time before the first line.
            long retryAfter = TimeUnit.SECONDS.toMillis(Seats.retryAfterSeconds());
            close(CloseCode.TRY_LATER, "many wait for a place, and nothing was said here; come back later", retryAfter);
            return;
        }
        // Where nothing is read from the peer, it is what it takes that counts.
        if (vitals.sinceHeard(now) > 2 * interval && !outbox.holdsBackReading()) {
            close(CloseCode.SILENT, "no sign of life for two heartbeats", null);
            return;
        }
        if (assembled.heldFor(now) > 2 * interval) {
            close(CloseCode.TOO_SLOW, "a message was not complete within two heartbeats", null);
            return;
        }
        long stuck = outbox.stuckFor(now);
        if (stuck > 2 * interval || outbox.isFull() && stuck > PATIENCE) {
            close(CloseCode.TOO_SLOW, "what was sent was not read, and more waited than may wait", null);
            return;
        }
        if (vitals.sincePing(now) >= interval) {
            pings.send(now);
        }
        if (now - outbox.lastSend() >= interval) {
            // A browser's script can't see pings.
            tell(new ServerMessage.Beat());
        }
    }

    // The end.

    /** Ends the TCP connection without a word. @return false where there is no way to do that */
    boolean cut() {
        if (transport.canCut()) {
            // Not on the thread that reads from it.
            all.later(() -> broke("the client asked for it"));
        }
        return transport.canCut();
    }

    /** @param retryAfter when the peer should come back, in milliseconds, or null */
    void close(CloseCode code, String reason, Long retryAfter) {
        if (!lifecycle.closing()) {
            return;
        }
        all.operatorLog().count(Incident.of(code));
        closeReason = CloseReasons.of(code, reason);
        conversation.end();
        OutgoingFrame bye = OutgoingFrame.of(new ServerMessage.Bye(code.code(), reason, retryAfter));
        outbox.finish(bye, () -> all.later(this::sendClose));
    }

    /** The container's closing can take its time (seconds, in Open Liberty), so it has a thread of its own. */
    private void sendClose() {
        try {
            session.close(closeReason);
        } catch (IOException | RuntimeException e) {
            broke(e.toString());
        }
    }

    /** The container says that the WebSocket is closed. */
    void closed(int code) {
        if (code != CloseCode.BROKEN && lifecycle.closing()) {
            all.operatorLog().count(Incident.ofContainer(code));
        }
        ended();
    }

    /** The line is dead, or is to be. */
    void broke(String how) {
        LOG.log(Level.DEBUG, () -> "connection " + number + " broke: " + how);
        ended();
        transport.cut().run();
        // Where the line can't be cut, the container at least lets go of it.
        all.later(this::letGo);
    }

    /** A peer that reads on after all is to know why, and that it should come back. */
    private void letGo() {
        try {
            session.setMaxIdleTimeout(LET_GO_MILLIS);
            session.close(
                    closeReason != null
                            ? closeReason
                            : CloseReasons.of(CloseCode.GOING_AWAY, "the line seemed to be dead"));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, () -> "connection " + number + " was closed already", e);
        }
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
            assembled.close();
            seat.free();
            all.forget(this);
        }
    }

    private final class Troubles implements Outbox.Troubles {
        @Override
        public void tooSlow() {
            close(CloseCode.TOO_SLOW, "more waited to be read than may wait", null);
        }

        @Override
        public void broken(Throwable cause) {
            // Not on the loop: ending a TCP connection is the container's own affair.
            all.later(() -> broke(Objects.toString(cause)));
        }
    }
}
