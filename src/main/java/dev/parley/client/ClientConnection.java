package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionState;
import dev.parley.message.ErrorCode;
import dev.parley.message.Lifecycle;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One connection of a {@link ChatClient}, from its handshake to its end. Thread-safe.
 *
 * <p>It is used once: a client that reconnects makes another one. The container's threads report the events of the
 * session, and most events are handled on the listener's thread. The end of the connection is handled on the thread
 * that notices it, because it must not wait for a listener.
 */
final class ClientConnection implements SessionEvents {
    private static final Logger LOG = System.getLogger(ClientConnection.class.getName());
    /** Enough for a page of 256 KiB and one large entry in Base64. */
    private static final int BUFFER_BYTES = 4 << 20;

    /**
     * The owner of the connection. Called on the listener's thread, in the order in which the server sent the messages.
     */
    interface Owner {
        void stateChanged(ConnectionState from, ConnectionState to);

        void welcomed(ClientConnection by, ServerMessage.Welcome welcome);

        /** Receives every message except the reply to the {@code hello}. */
        void heard(ClientConnection on, ServerMessage message);

        /** @param isFinal whether the close code means that the client must not reconnect */
        void ended(ClientConnection it, Closed how, boolean isFinal);
    }

    private final Supplier<ClientMessage.Hello> greeting;
    private final ListenerThread thread;
    private final Duration closeTimeout;
    private final Owner owner;
    private final Lifecycle lifecycle;
    private final ClientOutbox outbox;
    private final ReplyFuture<ServerMessage.Welcome> welcome;
    private final CompletableFuture<Closed> ended = new CompletableFuture<>();
    private volatile ClientMessage.Hello hello;

    private volatile Session session;
    private volatile HeartbeatWatch watch;
    /**
     * The close code that this side sent; it decides whether the client reconnects. Null if this side has not closed.
     * Guarded by this, together with the change to {@code CLOSING}: a server may end the connection at the same moment.
     */
    private Integer closedWith;

    /** @param greeting makes the hello; called once, on a thread that may wait */
    ClientConnection(
            Supplier<ClientMessage.Hello> greeting,
            Duration closeTimeout,
            ListenerThread thread,
            Requests requests,
            Owner owner) {
        this.greeting = greeting;
        this.closeTimeout = closeTimeout;
        this.thread = thread;
        this.owner = owner;
        this.lifecycle = new Lifecycle((from, to) -> thread.add(0, () -> owner.stateChanged(from, to)));
        this.outbox = new ClientOutbox(
                (frame, sent) -> session.getAsyncRemote().sendObject(frame, sent),
                new Courier(),
                this::failed,
                requests);
        this.welcome = new ReplyFuture<>(thread);
    }

    /**
     * Connects and sends {@code hello}.
     *
     * @return fails with the server's code where the server rejects the client, with {@code unavailable} where it can't
     *     be reached or doesn't answer in time; completed on the listener's thread
     */
    ReplyFuture<ServerMessage.Welcome> open(WebSocketContainer container, URI uri, Duration timeout) {
        // Containers have no timeout for connecting. The thread inherits the caller's class loader.
        Thread connector = new Thread(() -> connect(container, uri), "parley-client-connect");
        connector.setDaemon(true);
        connector.start();
        after(timeout, () -> {
            if (watch == null) {
                end(Closed.broken("no welcome within " + timeout.toMillis() + " ms"), null);
            }
        });
        return welcome;
    }

    private void connect(WebSocketContainer container, URI uri) {
        try {
            greet();
        } catch (RuntimeException | Error failed) {
            end(Closed.broken("the hello could not be made: " + failed.getMessage()), failed);
            return;
        }
        if (lifecycle.state() == ConnectionState.CLOSED) {
            return;
        }
        try {
            container.connectToServer(new ChatClientEndpoint(this), uri);
        } catch (DeploymentException | IOException | RuntimeException refused) {
            end(Closed.broken("could not connect to " + uri.getHost() + ": " + refused.getMessage()), refused);
        }
    }

    /**
     * Makes the hello once. It is made before the handshake, because a supplier of tokens may be slow, and the server closes a
     * connection that sends no hello for too long.
     */
    private ClientMessage.Hello greet() {
        if (hello == null) {
            hello = greeting.get();
        }
        return hello;
    }

    ConnectionState state() {
        return lifecycle.state();
    }

    ClientOutbox outbox() {
        return outbox;
    }

    /** Whether its {@code hello} may have been sent. */
    boolean hasOpened() {
        return session != null;
    }

    /** Closes with a close frame, and waits for the end at most one second longer than the close timeout. */
    void close(int code, String reason) {
        beginClose(code, reason);
        try {
            // The timer of beginClose keeps the limit; the extra second only covers a busy machine.
            ended.get(closeTimeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.log(Level.DEBUG, "A connection took too long to close");
        }
    }

    /** Closes with a close frame, without waiting. */
    void beginClose(int code, String reason) {
        if (lifecycle.state() == ConnectionState.CONNECTING) {
            // It may open at this moment: then opened() finds the state CLOSED and closes the session.
            end(new Closed(code, reason), null);
            return;
        }
        synchronized (this) {
            if (!lifecycle.closing()) {
                return;
            }
            closedWith = code;
        }
        outbox.end();
        SessionClose.start(session, code, reason);
        after(closeTimeout, () -> end(Closed.broken("the close was not acknowledged: " + code), null));
    }

    private static void after(Duration time, Runnable task) {
        CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(task);
    }

    @Override
    public void opened(Session opened) {
        opened.setMaxTextMessageBufferSize(BUFFER_BYTES);
        opened.setMaxBinaryMessageBufferSize(BUFFER_BYTES);
        // No idle timeout. With 0 instead of -1, Tyrus schedules a task at each send.
        opened.setMaxIdleTimeout(-1);
        session = opened;
        if (lifecycle.opened()) {
            outbox.offer(greet());
        } else {
            SessionClose.start(opened, CloseCode.NORMAL.code(), "too late");
        }
    }

    @Override
    public void received(List<? extends ServerMessage> messages) {
        HeartbeatWatch watching = watch;
        if (watching != null) {
            watching.received();
        }
        if (!lifecycle.messageReceived()) {
            return;
        }
        if (thread.awaitSpace()) {
            messages.forEach(message -> thread.add(MessageSize.of(message), () -> hear(message)));
            lifecycle.messageHandled();
        } else {
            beginClose(CloseCode.TOO_SLOW.code(), "the listener is too slow");
        }
    }

    private void hear(ServerMessage message) {
        if (!(message instanceof ServerMessage.Reply reply && hello.ref().equals(reply.ref()))) {
            owner.heard(this, message);
        } else if (reply instanceof ServerMessage.Welcome known) {
            watch = new HeartbeatWatch(known.heartbeat(), () -> outbox.offer(new ClientMessage.Beat()), this::silent);
            if (lifecycle.state() == ConnectionState.CLOSED) {
                // The connection ended before this thread handled the welcome, when there was no watch to end yet.
                watch.end();
            }
            outbox.limit(known.limits());
            owner.welcomed(this, known);
            welcome.complete(known);
        } else if (reply instanceof ServerMessage.Error refusal) {
            refused(refusal);
        }
    }

    private void refused(ServerMessage.Error refusal) {
        welcome.completeExceptionally(new ParleyException(refusal.code(), refusal.message()));
        boolean isTemporary = refusal.code() == ErrorCode.UNAVAILABLE || refusal.code() == ErrorCode.TOO_FAST;
        beginClose((isTemporary ? CloseCode.GOING_AWAY : CloseCode.NORMAL).code(), refusal.message());
    }

    private void silent() {
        end(new Closed(CloseCode.SILENT.code(), "the server sent nothing for two heartbeats"), null);
    }

    @Override
    public void ended(Closed how) {
        end(how, null);
    }

    @Override
    public void unreadable(Throwable why) {
        // The frame may have held a reply, and its request must not wait for ever.
        LOG.log(Level.WARNING, "The server sent a frame that the protocol does not allow: {0}", why.toString());
        beginClose(CloseCode.PROTOCOL_ERROR.code(), "unreadable frame");
    }

    @Override
    public void failed(Throwable why) {
        // In CLOSING a failed send needs no handling: the close is acknowledged, or its timer ends it.
        if (lifecycle.state() != ConnectionState.CLOSING) {
            end(Closed.broken(why.toString()), why);
        }
    }

    /** Ends the connection, on the thread that noticed the end; only the first call counts. */
    private void end(Closed how, Throwable cause) {
        int code;
        synchronized (this) {
            if (how.code() != CloseCode.BROKEN) {
                lifecycle.closing();
            }
            if (!lifecycle.closed()) {
                return;
            }
            code = closedWith == null ? how.code() : closedWith;
        }
        outbox.end();
        HeartbeatWatch watching = watch;
        if (watching != null) {
            watching.end();
        }
        thread.add(0, () -> {
            welcome.completeExceptionally(new ParleyException(how.refusal(), how.sentence(), cause));
            owner.ended(this, how, !CloseCode.comesBack(code));
        });
        ended.complete(how);
        Session left = session;
        if (left != null && left.isOpen()) {
            SessionClose.start(left, CloseCode.GOING_AWAY.code(), "");
        }
    }
}
