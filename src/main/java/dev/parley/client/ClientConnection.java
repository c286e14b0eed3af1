package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Lifecycle;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
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
import java.util.function.Function;

/**
 * One connection of a {@link ChatClient}, from its handshake to its end. Thread-safe.
 *
 * <p>It is used once: a client that comes back makes another one. Events of the session come on the container's
 * threads and go to the listener's thread; only what must not wait for a listener happens where it is noticed.
 */
final class ClientConnection implements SessionEvents {
    private static final Logger LOG = System.getLogger(ClientConnection.class.getName());
    /** A page of 256 KiB beside a large entry in Base64. */
    private static final int BUFFER_BYTES = 4 << 20;

    private final ListenerThread thread;
    private final ChatListener listener;
    private final Duration closeTimeout;
    private final Lifecycle lifecycle;
    private final Requests requests = new Requests();
    private final ClientOutbox outbox;
    private final Answer<ServerMessage.Welcome> welcome;
    private final Answer<Closed> closed;
    private final ClientMessage.Hello hello;
    private final CompletableFuture<Closed> ended = new CompletableFuture<>();
    private volatile Session session;
    private volatile Limits limits;

    ClientConnection(ClientOptions options, ListenerThread thread) {
        this.thread = thread;
        this.listener = options.listener();
        this.closeTimeout = options.closeTimeout();
        this.lifecycle = new Lifecycle((from, to) -> thread.add(0, () -> listener.stateChanged(from, to)));
        this.outbox = new ClientOutbox(
                (frame, sent) -> session.getAsyncRemote().sendObject(frame, sent), new Courier(), this::failed);
        this.welcome = new Answer<>(thread);
        this.closed = new Answer<>(thread);
        Ref ref = requests.add(ServerMessage.Welcome.class, welcome);
        this.hello = new ClientMessage.Hello(ref, options.name(), options.token(), options.session());
    }

    /**
     * Connects and says hello.
     *
     * @throws ParleyException with the server's code when it refuses, with {@code unavailable} when it can't be
     *     reached or doesn't answer in time
     */
    ServerMessage.Welcome open(WebSocketContainer container, URI uri, Duration timeout) {
        // Containers have no bound for connecting. The thread inherits the caller's class loader.
        Thread connector = new Thread(() -> connect(container, uri), "parley-client-connect");
        connector.setDaemon(true);
        connector.start();
        try {
            return welcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException refused) {
            beginClose(CloseCode.NORMAL.code(), "");
            throw refused.getCause() instanceof ParleyException known
                    ? known
                    : new ParleyException(ErrorCode.UNAVAILABLE, "connecting failed", refused.getCause());
        } catch (TimeoutException late) {
            String reason = "no welcome within " + timeout.toMillis() + " ms";
            end(Closed.broken(reason), null);
            throw new ParleyException(ErrorCode.UNAVAILABLE, reason);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end(Closed.broken("interrupted while connecting"), null);
            throw new ParleyException(ErrorCode.UNAVAILABLE, "interrupted while connecting");
        }
    }

    private void connect(WebSocketContainer container, URI uri) {
        try {
            container.connectToServer(new ChatClientEndpoint(this), uri);
        } catch (DeploymentException | IOException | RuntimeException refused) {
            end(Closed.broken("could not connect to " + uri.getHost() + ": " + refused.getMessage()), refused);
        }
    }

    ConnectionState state() {
        return lifecycle.state();
    }

    /** Completed when the connection has ended, after the last reply. */
    Answer<Closed> closed() {
        return closed;
    }

    /** Sends what a reply is due for; whatever goes wrong comes through the answer. */
    <T> Answer<T> request(Class<T> reply, Function<Ref, ClientMessage> message) {
        Answer<T> answer = new Answer<>(thread);
        Ref ref = null;
        try {
            ref = requests.add(reply, answer);
            send(message.apply(ref));
        } catch (ParleyException refused) {
            if (ref != null) {
                requests.forget(ref);
            }
            answer.completeExceptionally(refused);
        }
        return answer;
    }

    /** @throws ParleyException with {@code tooLarge} for what the server would close the connection for */
    void send(ClientMessage message) {
        FrameLimit.check(message, limits);
        outbox.offer(message);
    }

    /** Closes in form, and waits for the end at most about as long as the close may take. */
    void close(int code, String reason) {
        beginClose(code, reason);
        try {
            // The bound is kept by the timer that beginClose set; the second only covers a machine that is busy.
            ended.get(closeTimeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.log(Level.DEBUG, "A connection took too long to close");
        }
    }

    private void beginClose(int code, String reason) {
        Session open = session;
        if (open == null) {
            end(new Closed(code, reason), null);
            return;
        }
        if (!lifecycle.closing()) {
            return;
        }
        ParleyException why = new ParleyException(ErrorCode.UNAVAILABLE, new Closed(code, reason).sentence());
        requests.refuse(why);
        outbox.end(why);
        SessionClose.start(open, code, reason);
        CompletableFuture.delayedExecutor(closeTimeout.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> end(Closed.broken("the close was not acknowledged: " + code), null));
    }

    @Override
    public void opened(Session opened) {
        opened.setMaxTextMessageBufferSize(BUFFER_BYTES);
        opened.setMaxBinaryMessageBufferSize(BUFFER_BYTES);
        // 0 makes Tyrus schedule a task at each send.
        opened.setMaxIdleTimeout(-1);
        session = opened;
        if (lifecycle.opened()) {
            outbox.offer(hello);
        } else {
            SessionClose.start(opened, CloseCode.NORMAL.code(), "too late");
        }
    }

    @Override
    public void received(List<? extends ServerMessage> messages) {
        if (!lifecycle.messageReceived()) {
            return;
        }
        if (thread.awaitRoom()) {
            messages.forEach(message -> thread.add(Weight.of(message), () -> hear(message)));
            lifecycle.messageHandled();
        } else {
            beginClose(CloseCode.TOO_SLOW.code(), "the listener is too slow");
        }
    }

    private void hear(ServerMessage message) {
        if (message instanceof Entry entry) {
            listener.entry(entry);
        } else if (message instanceof ServerMessage.News news) {
            hearNews(news);
        } else if (message instanceof ServerMessage.Reply reply) {
            hearReply(reply);
        }
    }

    private void hearNews(ServerMessage.News news) {
        if (news instanceof ServerMessage.Presence presence) {
            listener.presence(presence);
        } else if (news instanceof ServerMessage.Typing typing) {
            listener.typing(typing);
        } else if (news instanceof ServerMessage.Read read) {
            listener.read(read);
        } else if (news instanceof ServerMessage.Bye bye) {
            listener.bye(bye);
        }
    }

    private void hearReply(ServerMessage.Reply reply) {
        if (reply instanceof ServerMessage.Welcome known) {
            limits = known.limits();
            outbox.limitText(known.limits().text());
        }
        if (!requests.end(reply) && reply instanceof ServerMessage.Error error) {
            listener.error(error);
        }
    }

    @Override
    public void ended(Closed how) {
        end(how, null);
    }

    @Override
    public void unreadable(Throwable why) {
        // It may have held a reply: whoever waits for that must not wait for ever.
        LOG.log(Level.WARNING, "The server sent what is none of the protocol: {0}", why.toString());
        beginClose(CloseCode.PROTOCOL_ERROR.code(), "unreadable frame");
    }

    @Override
    public void failed(Throwable why) {
        // While it closes, a send that was cut off is no news; the close ends by itself, or by its timer.
        if (lifecycle.state() != ConnectionState.CLOSING) {
            end(Closed.broken(why.toString()), why);
        }
    }

    /** The end, on whichever thread noticed it; the first one counts. */
    private void end(Closed how, Throwable cause) {
        if (how.code() != CloseCode.BROKEN) {
            lifecycle.closing();
        }
        if (!lifecycle.closed()) {
            return;
        }
        ParleyException why = new ParleyException(ErrorCode.UNAVAILABLE, how.sentence(), cause);
        requests.refuse(why);
        outbox.end(why);
        thread.add(0, () -> {
            finish(how);
            listener.closed(how);
        });
        // Nobody who waits for a reply is to wait for a listener that never returns.
        CompletableFuture.delayedExecutor(closeTimeout.toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> finish(how));
        ended.complete(how);
        Session left = session;
        if (left != null && left.isOpen()) {
            SessionClose.start(left, CloseCode.GOING_AWAY.code(), "");
        }
    }

    private void finish(Closed how) {
        requests.failAll();
        closed.complete(how);
    }
}
