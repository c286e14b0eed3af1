package dev.parley.endpoint;

import dev.parley.admission.ConnectionLimit;
import dev.parley.log.User;
import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ServerMessage;
import dev.parley.message.SignIn;
import dev.parley.operator.Incident;
import dev.parley.outbox.FrameWriter;
import dev.parley.outbox.Outbox;
import dev.parley.outbox.OutgoingFrame;
import dev.parley.transport.IncomingFrames;
import dev.parley.transport.KeepAlive;
import dev.parley.transport.SendQueues;
import dev.parley.transport.Transport;
import dev.parley.wire.Subprotocol;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * One WebSocket, from its opening to its end: its heartbeat, the frames that are sent, and its closing. It knows nothing of
 * rooms. Thread-safe.
 *
 * <p>The {@link ConnectionStatus} has its state. The peer, the container, the heartbeat and the server can each move it to
 * CLOSING and to CLOSED; the first of them notifies the {@link Listener}.
 */
final class Connection implements IncomingFrames.ClosingHandshake {
    private static final Logger LOG = System.getLogger(Connection.class.getName());

    final long number;
    final ConnectionStatus status;
    final Transport transport;
    final Allowance allowance;
    final HeldMemory memory;
    final Outbox outbox;
    final KeepAlive keepAlive;
    final IncomingFrames incoming;
    /** Whether the peer takes runs of entries. */
    final boolean takesRuns;

    private final Session session;
    private final ConnectionLimit.Permit permit;
    private final SharedResources shared;
    private final ConnectionCheck check;
    private final Closing closing;
    private Listener listener;

    /** Notified of the end of a connection. Called on any thread, under no lock of the connection. */
    interface Listener {
        /** Either side closes: messages of the peer must not be handled any more. May be called twice. */
        void closes();

        /** The connection has ended. Called once, after {@link #closes}. */
        void ended();
    }

    /** The outbox reports its failures here. */
    private final class SendFailures implements Outbox.Troubles {
        @Override
        public void tooSlow() {
            close(CloseCode.TOO_SLOW, "more waited to be read than may wait");
        }

        @Override
        public void broken(Throwable cause) {
            // Not on the loop: ending a TCP connection may block in the container.
            later(() -> broke(Objects.toString(cause)));
        }
    }

    /**
     * @param session open, and used by this connection only
     * @param transport the TCP connection
     * @param permit freed at the end
     * @param allowance counts the replies to the peer
     */
    Connection(
            long number,
            Session session,
            Transport transport,
            ConnectionLimit.Permit permit,
            Allowance allowance,
            SharedResources shared) {
        this.number = number;
        this.session = session;
        this.transport = transport;
        this.permit = permit;
        this.allowance = allowance;
        this.shared = shared;
        this.closing = new Closing(number, session, transport.bytes());
        this.status = new ConnectionStatus(number, shared.observer(), closing::begin);
        this.takesRuns = Subprotocol.V2.equals(session.getNegotiatedSubprotocol());
        this.outbox =
                shared.outbox(number, new FrameWriter(session.getAsyncRemote(), transport.bytes()), new SendFailures());
        this.keepAlive = new KeepAlive(outbox);
        this.incoming =
                new IncomingFrames(this, outbox, keepAlive, shared.rules().limits());
        this.memory = new HeldMemory(outbox, shared.budget());
        this.check = new ConnectionCheck(permit, keepAlive, outbox, memory);
    }

    /** Frames may come from now on. Called once, before any other method. */
    void open(Listener of) {
        assert listener == null : "a connection opens once";
        listener = of;
        transport.opened(incoming);
        status.lifecycle.opened();
    }

    // The peer.

    /** The principal of the container, or null. */
    Principal principal() {
        return session.getUserPrincipal();
    }

    /** The user that the peer is, or null if that is not known yet. */
    User user() {
        return status.user();
    }

    /** @param until the end of the peer's credentials, at which the connection is closed; null if they have none */
    void validUntil(Instant until) {
        check.validUntil(until);
    }

    /** Whether it ended in a way after which the peer comes back. Known before {@link Listener#closes}. */
    boolean isLost() {
        return closing.isLoss();
    }

    @Override
    public boolean isOpen() {
        return status.isOpen();
    }

    // Outgoing messages, on any thread.

    /** Sends a message to this peer alone. Replies that can be large count against its allowance. */
    void send(ServerMessage message) {
        if (message instanceof ServerMessage.Error error) {
            shared.operatorLog().count(Incident.of(error.code()));
        }
        OutgoingFrame frame = OutgoingFrame.of(message);
        allowance.sent(message, frame.size);
        outbox.add(frame);
    }

    /** Sends the lines of the handshake, and starts the reports of pings and pongs; or stops them. */
    void watch(ClientMessage.Watch watch) {
        send(transport.head().answer(watch, session));
        keepAlive.watch(watch.on());
    }

    // Time.

    /**
     * Sends a ping or a beat if it is due, or ends the connection. For the thread of the heartbeat.
     *
     * @param now as {@link System#nanoTime}
     * @param interval of the heartbeat, in nanoseconds
     * @return whether the connection stays open
     */
    boolean beat(long now, long interval, SendQueues kernel) {
        return switch (status.lifecycle.state()) {
            case CLOSING -> {
                if (closing.isOverdue(now, () -> outbox.unsent() + transport.untaken(kernel))) {
                    broke("the peer did not answer the close");
                }
                yield false;
            }
            case OPEN, MESSAGE_RECEIVED -> {
                ConnectionCheck.Overdue overdue = check.run(now, interval, user() != null);
                if (overdue != null) {
                    close(overdue.code(), overdue.reason(), overdue.retryAfter());
                }
                yield overdue == null;
            }
            default -> false;
        };
    }

    /** Runs tasks in order on the loop of this connection. */
    Executor loop() {
        return shared.loop(number)::add;
    }

    private void later(Runnable task) {
        shared.later().execute(task);
    }

    // The end.

    @Override
    public void close(CloseCode code, String reason) {
        close(code, reason, null);
    }

    /** Closes the connection. The peer is asked to come back after a short time, which is different for each peer. */
    void closeWithRetry(CloseCode code, String reason) {
        close(code, reason, shared.comeBacks().next());
    }

    /**
     * Closes the connection, if it is open.
     *
     * @param retryAfter the time after which the peer should come back, in milliseconds, or null
     * @return whether it was open
     */
    boolean close(CloseCode code, String reason, Long retryAfter) {
        if (!status.lifecycle.closing()) {
            return false;
        }
        shared.operatorLog().count(Incident.of(code));
        closing.because(code, reason);
        listener.closes();
        SignIn signIn = code == CloseCode.UNAUTHENTICATED ? shared.signIn() : null;
        OutgoingFrame bye = OutgoingFrame.of(new ServerMessage.Bye(code.code(), reason, retryAfter, signIn));
        outbox.finish(bye, () -> later(() -> closing.send(() -> broke("it could not be closed, or memory is short"))));
        return true;
    }

    /** The connection ends without the answer to its close frame. */
    void hurry() {
        closing.hurry();
    }

    @Override
    public boolean peerCloses() {
        return closing.peerCloses(() -> later(() -> broke("both sides have closed")));
    }

    /** The container reports that the WebSocket is closed. */
    void closed(int code) {
        if (code != CloseCode.BROKEN && status.lifecycle.closing()) {
            shared.operatorLog().count(Incident.ofContainer(code));
            closing.fromOutside(code);
        }
        end();
    }

    @Override
    public boolean cut(String why) {
        boolean canCut = transport.canCut();
        if (canCut) {
            // Not on the thread that reads from it.
            later(() -> broke(why));
        }
        return canCut;
    }

    /** The TCP connection is dead, or must end now. */
    void broke(String how) {
        LOG.log(Level.DEBUG, () -> "connection " + number + " broke: " + how);
        end();
        transport.cut();
        // If TCP can't be cut, at least the container's session ends.
        later(closing::letGo);
    }

    /** The container could not read the incoming bytes: TCP has failed, or they are no WebSocket frames. */
    void readFailed(Throwable cause) {
        LOG.log(Level.DEBUG, () -> "connection " + number, cause);
        if (!session.isOpen()) {
            end();
        }
    }

    private void end() {
        if (status.lifecycle.closed()) {
            listener.closes();
            outbox.discard();
            memory.assembled().close();
            permit.free();
            listener.ended();
        }
    }
}
