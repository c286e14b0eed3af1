package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.security.RateLimit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The messages of one peer, handled in their order. One that depends on the answer to an earlier one waits for that, and
 * all after it wait with it; {@link MessageHandlers} say which do. So does one for which the peer needs a permission that
 * nobody has decided on yet. Only a beat is answered at once. Guarded by its own lock, under which nothing waits:
 * messages come one at a time, but the end, and the answers that later messages wait for, may come meanwhile.
 */
final class Conversation {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    private final Peer peer;
    private final Connection connection;
    private final RateLimit rate;
    private final ErrorAllowance errors;
    private final WaitingMessages waiting;

    /**
     * @param peer makes the peer of a connection; given to it is what runs a task later, under the lock of this conversation
     * @param loop runs tasks later
     */
    Conversation(Connection connection, Executor loop, Function<Executor, Peer> peer) {
        this.connection = connection;
        this.peer = peer.apply(task -> loop.execute(() -> guard(task)));
        this.waiting = new WaitingMessages(connection.memory().waiting());
        Rules rules = this.peer.rules();
        long now = System.nanoTime();
        this.rate = new RateLimit(rules.limits().rate(), rules.burst(), now);
        this.errors = new ErrorAllowance(rules.limits().rate(), now);
    }

    /** Handles what came in one frame, in its order. */
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
                refuse(message.ref(), e);
            }
        }
    }

    private void await(ClientMessage message) {
        try {
            waiting.add(message);
        } catch (ParleyException full) {
            if (connection.user() == null) {
                // The hello can't be kept until the authenticator has answered: the peer has to come back.
                peer.comeBackLater(full);
                return;
            }
            throw full;
        }
    }

    /** A sign of life does not wait, unless it is still asked who the peer is. */
    private boolean isAnsweredAtOnce(ClientMessage message) {
        return message instanceof ClientMessage.Beat && connection.user() != null;
    }

    /** A client that comes back joins its rooms one behind the other: the policy is asked about several at a time. */
    private void prepare(ClientMessage waits) {
        if (waits instanceof ClientMessage.Join join && connection.user() != null) {
            peer.grants.prepare(join.room());
        }
    }

    /** The answer that the first waiting message waited for has come. */
    private synchronized void goOn() {
        try {
            while (!peer.isGone() && !waiting.isEmpty()) {
                CompletionStage<?> answer = handleUnlessItWaits(waiting.peek());
                if (answer != null) {
                    answer.whenComplete((nothing, failure) -> goOn());
                    return;
                }
                // What was handled may have been the end, which leaves nothing to wait.
                if (!peer.isGone()) {
                    waiting.remove();
                }
            }
        } catch (RuntimeException | Error e) {
            connection.troubles().message(e);
        }
    }

    /** @return the answer that must come before; null where the message has been handled, or refused */
    private CompletionStage<?> handleUnlessItWaits(ClientMessage message) {
        try {
            MessageHandler<ClientMessage> handler = MessageHandlers.ALL.of(message);
            CompletionStage<?> answer = handler.forStrangers() ? null : peer.requireUser();
            if (answer == null && !peer.isGone()) {
                answer = handler.answerBefore().apply(peer, message);
            }
            boolean goesOn = answer == null && !peer.isGone();
            // Where it could not be found out who this is, nothing is handled.
            boolean known = handler.forStrangers() || connection.user() != null;
            return goesOn && known ? handleIfAllowed(message, handler) : answer;
        } catch (ParleyException e) {
            refuse(message.ref(), e);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a message of connection " + connection.number + " could not be handled", e);
            refuse(
                    message.ref(),
                    new ParleyException(ErrorCode.UNAVAILABLE, "the server could not handle this; try again later"));
        }
        return null;
    }

    /** @return the answer of the policy that must come before; null likewise */
    private CompletionStage<?> handleIfAllowed(ClientMessage message, MessageHandler<ClientMessage> handler) {
        Need need = handler.need().apply(peer, message);
        CompletionStage<?> answer = need == null ? null : peer.grants.answerFor(need.room());
        if (answer == null && !peer.isGone() && (need == null || isAllowed(need))) {
            handler.handle().accept(peer, message);
        }
        return answer;
    }

    /** @return false where the message is to be dropped */
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
            connection.troubles().message(e);
        }
    }

    /** Does what time asks for about what the peer may do. */
    void look() {
        if (!peer.grants.isFixed()) {
            synchronized (this) {
                if (connection.user() != null) {
                    peer.grants.look();
                }
            }
        }
    }

    /** What the peer may do in these rooms may have changed. */
    synchronized void recheck(Predicate<RoomName> which) {
        peer.grants.recheck(which);
    }

    /** What the peer may do in a room, as far as is known. */
    synchronized Set<Permission> permissions(RoomName room) {
        return peer.grants.permissions(room);
    }

    /** Why the peer may not be sent what is in the log of a room; null where it may. */
    synchronized ParleyException refusalToRead(RoomName room) {
        return peer.grants.refusalToRead(room);
    }

    private void refuse(Ref ref, ParleyException why) {
        connection.tell(new ServerMessage.Error(ref, why.code(), why.getMessage()));
        if (!errors.pass(why.code(), System.nanoTime())) {
            connection.close(CloseCode.ABUSE, "too many errors", null);
        }
    }

    /** The connection ends: its user leaves everywhere. */
    synchronized void end() {
        if (!peer.isGone()) {
            waiting.clear();
            peer.leave();
        }
    }
}
