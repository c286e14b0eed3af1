package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.DirectRooms;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.security.RateLimit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The messages of one peer, handled in their order. A message waits if it depends on the answer to an earlier one (see
 * {@link MessageHandlers}), or if it needs a permission that is not decided yet; all later messages wait behind it. Only a
 * beat is answered at once.
 *
 * <p>Thread-safe: guarded by its own lock, under which nothing blocks. Messages come one at a time, but the end of the
 * connection, and the answers to wait for, may come on other threads meanwhile.
 */
final class Conversation {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    private final Peer peer;
    private final Connection connection;
    private final RateLimit rate;
    private final ErrorAllowance errors;
    private final WaitingMessages waiting;

    /** @param peer makes the peer; its argument runs tasks later, under the lock of this conversation */
    Conversation(Connection connection, Function<Executor, Peer> peer) {
        Executor loop = connection.loop();
        this.connection = connection;
        this.peer = peer.apply(task -> loop.execute(() -> guard(task)));
        this.waiting = new WaitingMessages(connection.memory.waiting());
        Rules rules = this.peer.rules();
        long now = System.nanoTime();
        this.rate = new RateLimit(rules.limits().rate(), rules.burst(), now);
        this.errors = new ErrorAllowance(rules.limits().rate(), now);
    }

    /**
     * Runs the handling of one frame, unless the connection closes. If that throws, the connection is closed with 1011. The
     * container calls this for one frame at a time.
     */
    void receive(Runnable handling) {
        if (!connection.status.lifecycle.messageReceived()) {
            return;
        }
        try {
            handling.run();
        } catch (RuntimeException | Error e) {
            failed(e);
        } finally {
            connection.status.lifecycle.messageHandled();
        }
    }

    /** Handles the messages of one frame, in their order. */
    synchronized void handle(List<ClientMessage> messages) {
        for (ClientMessage message : messages) {
            if (peer.isGone()) {
                return;
            }
            if (!(message instanceof ClientMessage.Beat)) {
                peer.talks();
            }
            try {
                if (!rate.pass(System.nanoTime())) {
                    throw new ParleyException(
                            ErrorCode.TOO_FAST,
                            "more than " + peer.rules().limits().rate() + " messages a second");
                }
                if (!waiting.isEmpty() && !isAnsweredAtOnce(message)) {
                    waiting.add(message);
                    prepare(message);
                    continue;
                }
                CompletionStage<?> answer = handleUnlessItWaits(message);
                if (answer != null) {
                    await(message);
                    answer.whenComplete((nothing, failure) -> goOn());
                }
            } catch (ParleyException e) {
                reject(ServerMessage.Error.of(message.ref(), e, e.getMessage()));
            }
        }
    }

    private void await(ClientMessage message) {
        try {
            waiting.add(message);
        } catch (ParleyException full) {
            peer.drafts.end();
            if (connection.user() == null) {
                // The hello can't wait for the authenticator, so the peer must come back.
                peer.comeBackLater(full);
                return;
            }
            throw full;
        }
    }

    /** A beat does not wait, unless the peer is not identified yet. */
    private boolean isAnsweredAtOnce(ClientMessage message) {
        return message instanceof ClientMessage.Beat && connection.user() != null;
    }

    /** A client that comes back joins its rooms one after another. The policy is asked about several of them at a time. */
    private void prepare(ClientMessage waits) {
        // No policy is asked about direct rooms.
        if (waits instanceof ClientMessage.Join join
                && connection.user() != null
                && !join.room().isView()) {
            peer.grants.prepare(join.room());
        }
    }

    /** The answer for the first waiting message has come. */
    private synchronized void goOn() {
        try {
            while (!peer.isGone() && !waiting.isEmpty()) {
                CompletionStage<?> answer = handleUnlessItWaits(waiting.peek());
                if (answer != null) {
                    answer.whenComplete((nothing, failure) -> goOn());
                    return;
                }
                // The message may have ended the conversation, which removes all waiting messages.
                if (!peer.isGone()) {
                    waiting.remove();
                }
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** @return the answer to wait for; null if the message was handled or rejected */
    private CompletionStage<?> handleUnlessItWaits(ClientMessage message) {
        ClientMessage addressed = message;
        try {
            MessageHandler<ClientMessage> handler = MessageHandlers.ALL.of(message);
            CompletionStage<?> answer = handler.forStrangers() ? null : peer.requireUser();
            // If the peer could not be identified, nothing is handled.
            boolean known = handler.forStrangers() || connection.user() != null;
            if (answer != null || peer.isGone() || !known) {
                return answer;
            }
            addressed = peer.addressed(message);
            answer = handler.answerBefore().apply(peer, addressed);
            return answer == null && !peer.isGone() ? handleIfAllowed(addressed, handler) : answer;
        } catch (ParleyException e) {
            reject(ServerMessage.Error.of(message.ref(), e, sentence(e, addressed.room())));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a message of connection " + connection.number + " could not be handled", e);
            reject(new ServerMessage.Error(
                    message.ref(), ErrorCode.UNAVAILABLE, "the server could not handle this; try again later"));
        }
        return null;
    }

    /** @return the answer of the policy or of the review to wait for; null if the message was handled or dropped */
    private CompletionStage<?> handleIfAllowed(ClientMessage message, MessageHandler<ClientMessage> handler) {
        Need need = handler.need().apply(peer, message);
        CompletionStage<?> answer = need == null ? null : peer.grants.answerFor(need.room());
        if (answer != null || peer.isGone() || need != null && !isAllowed(need)) {
            return answer;
        }
        answer = handler.review().apply(peer, message);
        if (answer == null) {
            handler.handle().accept(peer, message);
        }
        return answer;
    }

    /** @return false if the message must be dropped */
    private boolean isAllowed(Need need) {
        try {
            peer.grants.require(need.permission(), need.room());
            return true;
        } catch (ParleyException e) {
            if (need.isHint()) {
                return false;
            }
            throw e;
        }
    }

    private void guard(Runnable task) {
        try {
            synchronized (this) {
                task.run();
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Asks the policy again about grants that are too old, and gives up a review that takes too long. Called by the heartbeat. */
    void look() {
        if (!peer.grants.isFixed() || peer.drafts.areOpen()) {
            synchronized (this) {
                peer.drafts.look();
                if (connection.user() != null) {
                    peer.grants.look();
                }
            }
        }
    }

    /** The grants in all rooms may have changed: the policy is asked again. */
    synchronized void recheck() {
        peer.grants.recheck();
    }

    /** The same for one room. */
    synchronized void recheck(RoomName room) {
        peer.grants.recheck(room);
    }

    /** As {@link #recheck(RoomName)}. If the answer comes at once, and the peer is put out, it gets this reason. */
    synchronized void recheck(RoomName room, ParleyException why) {
        peer.memberships.because(room, why, () -> peer.grants.recheck(room));
    }

    /** The policy is asked again about the peer, if it is identified. */
    synchronized void recheckAll() {
        if (connection.user() != null && !peer.isGone()) {
            peer.isBanned(connection.status.caller());
            peer.grants.recheck();
        }
    }

    /** Whether the peer is in a room, or about to join it. */
    synchronized boolean isIn(RoomName room) {
        return !peer.isGone() && peer.memberships.contains(room);
    }

    /** Puts the peer out of a room, if it is in it or about to join it. */
    synchronized void putOut(RoomName room, ParleyException why) {
        if (!peer.isGone() && peer.memberships.contains(room)) {
            peer.memberships.putOut(room, why);
        }
    }

    /** The least time between two messages in a room, as far as it is known. */
    synchronized Duration slow(RoomName room) {
        return peer.grants.slow(room);
    }

    /** The permissions of the peer in a room, as far as they are known. */
    synchronized Set<Permission> permissions(RoomName room) {
        return peer.grants.permissions(room);
    }

    /** Why the peer may not read the log of a room now; null if it may. */
    synchronized ParleyException refusalToRead(RoomName room) {
        return peer.grants.refusalToRead(room);
    }

    /** A sentence for the peer, which knows a direct room by another name. */
    private String sentence(ParleyException why, RoomName room) {
        RoomName about = room == null ? peer.memberships.latest() : room;
        return about == null || !about.isDirect()
                ? why.getMessage()
                : DirectRooms.shownTo(connection.user().id(), about, why.getMessage());
    }

    private void reject(ServerMessage.Error error) {
        connection.send(error);
        if (!errors.pass(error.code(), System.nanoTime())) {
            connection.close(CloseCode.ABUSE, "too many errors");
        }
    }

    /** A message was neither answered nor rejected. The connection is closed, so that the peer comes back. */
    private void failed(Throwable why) {
        LOG.log(Level.ERROR, "a message of connection " + connection.number + " could not be answered", why);
        try {
            connection.closeWithRetry(CloseCode.INTERNAL, "the server could not answer a message");
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "connection " + connection.number + " could not be closed in order", e);
            connection.broke(e.toString());
        }
    }

    /** The connection closes: the peer leaves all rooms. */
    synchronized void end() {
        if (!peer.isGone()) {
            waiting.clear();
            peer.leave();
        }
    }
}
