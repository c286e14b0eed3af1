package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.ServerMessage;
import dev.parley.security.RateLimit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The messages of one peer, handled in their order. One that depends on the answer to an earlier one waits for that, and
 * all after it wait with it; {@link MessageHandlers} say which do. Guarded by its own lock, under which nothing waits:
 * messages come one at a time, but the end, and the answers that later messages wait for, may come meanwhile.
 */
final class Conversation {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    private final Peer peer;
    private final Connection connection;
    private final RateLimit rate;
    private final ErrorAllowance errors;
    private final WaitingMessages waiting;

    Conversation(Peer peer) {
        this.peer = peer;
        this.connection = peer.connection;
        this.waiting = new WaitingMessages(connection.memory().waiting());
        Rules rules = peer.rules();
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
                if (!waiting.isEmpty()) {
                    waiting.add(message);
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
                // It is being found out who this is, and what would become of the answer can't be kept.
                peer.comeBackLater(full);
                return;
            }
            throw full;
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
            if (answer == null && !peer.isGone() && (handler.forStrangers() || connection.user() != null)) {
                handler.handle().accept(peer, message);
            }
            return answer;
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
