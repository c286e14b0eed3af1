package dev.parley.endpoint;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.room.Membership;
import dev.parley.security.RateLimit;
import dev.parley.security.SessionSecret;
import dev.parley.security.Sessions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a peer and the server say to each other: who it is, in which rooms it is, and what each of its messages asks
 * for. Guarded by its own lock, under which nothing waits: messages come one at a time, but the end, and the answers that
 * later messages wait for, may come meanwhile.
 *
 * <p>Messages are handled in their order. One that depends on the answer to an earlier one waits for that, and all after
 * it wait with it:
 *
 * <pre>
 *   whatever names a room      waits for the answer to the join of that room
 *   join, leave, history       wait for the answers to all that was said in that room before
 * </pre>
 */
final class Conversation {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    private static final int MAX_PAGES = 200;

    private final Connection connection;
    private final Connections all;
    private final Principal principal;
    private final RateLimit rate;
    private final Allowance allowance;
    private final Memberships memberships = new Memberships();
    /** The line that the latest join was for. */
    private ClientMessage.Line joinedFor;

    private final ErrorAllowance errors;
    private final WaitingMessages waiting;
    private boolean ended;

    /** @param principal whom the container vouches for, or null */
    Conversation(Connection connection, Connections all, Allowance allowance, Principal principal) {
        this.waiting = new WaitingMessages(connection.memory().waiting());
        this.allowance = allowance;
        this.connection = connection;
        this.all = all;
        this.principal = principal;
        Rules rules = all.rules();
        long now = System.nanoTime();
        this.rate = new RateLimit(rules.limits().rate(), rules.burst(), now);
        this.errors = new ErrorAllowance(rules.limits().rate(), now);
    }

    /** Handles what came in one frame, in its order. */
    synchronized void handle(List<ClientMessage> messages) {
        for (ClientMessage message : messages) {
            if (ended) {
                return;
            }
            if (!(message instanceof ClientMessage.Beat)) {
                all.httpSessions().talks(connection, all::later);
            }
            try {
                if (!rate.pass(System.nanoTime())) {
                    throw new ParleyException(
                            ErrorCode.TOO_FAST,
                            "more than " + all.rules().limits().rate() + " messages a second");
                }
                if (!waiting.isEmpty()) {
                    waiting.add(message);
                    continue;
                }
                CompletionStage<?> answer = handleUnlessItWaits(message);
                if (answer != null) {
                    waiting.add(message);
                    answer.whenComplete((nothing, failure) -> goOn());
                }
            } catch (ParleyException e) {
                refuse(message.ref(), e);
            }
        }
    }

    /** The answer that the first waiting message waited for has come. */
    private synchronized void goOn() {
        try {
            while (!ended && !waiting.isEmpty()) {
                CompletionStage<?> answer = handleUnlessItWaits(waiting.peek());
                if (answer != null) {
                    answer.whenComplete((nothing, failure) -> goOn());
                    return;
                }
                waiting.remove();
            }
        } catch (RuntimeException | Error e) {
            connection.troubles().message(e);
        }
    }

    /** The answer that must come before this message is handled; null where it can be handled now. */
    private CompletionStage<?> answerBefore(ClientMessage message) {
        if (message instanceof ClientMessage.Line line) {
            if (Sessions.appearIn(line.text().value())) {
                // What is meant as JSON and is bent may be taken for a line; a person never types this.
                throw ParleyException.badRequest("the line has a session in it, which is a secret: it was not said");
            }
            joinFor(line);
            return memberships.answerToJoin(memberships.latest());
        }
        if (message instanceof ClientMessage.Say say) {
            return memberships.answerToJoin(roomOf(say));
        } else if (message instanceof ClientMessage.Typing typing) {
            return memberships.answerToJoin(typing.room());
        } else if (message instanceof ClientMessage.Read read) {
            return memberships.answerToJoin(read.room());
        } else if (message instanceof ClientMessage.Join join) {
            return memberships.answersIn(join.room());
        } else if (message instanceof ClientMessage.Leave leave) {
            return memberships.answersIn(leave.room());
        } else if (message instanceof ClientMessage.History history) {
            return memberships.answersIn(history.room());
        }
        return null;
    }

    private RoomName roomOf(ClientMessage.Say say) {
        return say.room() == null ? memberships.latest() : say.room();
    }

    /** @return the answer that must come before; null where the message has been handled, or refused */
    private CompletionStage<?> handleUnlessItWaits(ClientMessage message) {
        try {
            CompletionStage<?> answer = answerBefore(message);
            if (answer == null) {
                handle(message);
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

    /** A frame has room for the longest header, which a file must not use for itself. */
    private void requireSmall(Body body) {
        int most = all.rules().limits().binary();
        if (body instanceof Body.Attachment attachment && attachment.content().remaining() > most) {
            throw new ParleyException(ErrorCode.TOO_LARGE, "the content has more than " + most + " bytes");
        }
    }

    private void handle(ClientMessage message) {
        if (message instanceof ClientMessage.Invalid invalid) {
            throw new ParleyException(invalid.code(), invalid.message());
        }
        if (message instanceof ClientMessage.Hello hello) {
            hello(hello);
            return;
        }
        if (connection.user() == null) {
            admit(null, null, null, null);
        }
        if (ended) {
            return;
        }
        if (message instanceof ClientMessage.Join join) {
            allowance.ask();
            join(join);
        } else if (message instanceof ClientMessage.Leave leave) {
            leave(leave);
        } else if (message instanceof ClientMessage.Say say) {
            Membership membership = memberships.in(roomOf(say));
            requireSmall(say.body());
            allowance.send(WaitingMessages.size(say));
            membership.say(say.ref(), say.id(), say.body());
        } else if (message instanceof ClientMessage.Line line) {
            Membership membership = memberships.in(memberships.latest());
            allowance.send(WaitingMessages.size(line));
            membership.say(null, null, line.text());
        } else if (message instanceof ClientMessage.History history) {
            if (connection.pagesWaiting() >= MAX_PAGES) {
                throw new ParleyException(ErrorCode.TOO_FAST, MAX_PAGES + " pages wait to be read already");
            }
            allowance.ask();
            all.rooms().history(connection, history);
        } else if (message instanceof ClientMessage.Typing typing) {
            memberships.in(typing.room()).typing();
        } else if (message instanceof ClientMessage.Read read) {
            memberships.in(read.room()).read(read.seq());
        } else if (message instanceof ClientMessage.Beat) {
            connection.tell(new ServerMessage.Beat());
        } else if (message instanceof ClientMessage.Watch watch) {
            allowance.ask();
            connection.watch(watch);
        } else if (message instanceof ClientMessage.End end) {
            end(end.how());
        }
    }

    /** A person who merely types is in a room before the first line is said; each line asks once for that. */
    private void joinFor(ClientMessage.Line line) {
        if (line == joinedFor || memberships.hasLatest()) {
            return;
        }
        if (connection.user() == null) {
            admit(null, null, null, null);
        }
        if (!ended) {
            joinedFor = line;
            RoomName room = memberships.latest() == null ? RoomName.LOBBY : memberships.latest();
            join(new ClientMessage.Join(null, room, null, null, ClientMessage.DEFAULT_LIMIT));
        }
    }

    private void end(ClientMessage.End.How how) {
        if (how == ClientMessage.End.How.CLOSE) {
            connection.close(CloseCode.NORMAL, "the client asked for it", null);
        } else if (!connection.cut()) {
            throw new ParleyException(ErrorCode.FORBIDDEN, "no line can be cut in this container");
        }
    }

    private void hello(ClientMessage.Hello hello) {
        if (connection.user() != null) {
            throw ParleyException.badRequest("hello must come before everything else, and once");
        }
        if (hello.token() != null) {
            throw new ParleyException(ErrorCode.UNAUTHORIZED, "this server takes no tokens");
        }
        admit(hello.ref(), hello.name(), hello.session(), hello.tab());
    }

    private void admit(Ref ref, UserName wanted, String session, String tab) {
        if (principal == null && !all.rules().guests()) {
            String why = "guests are not allowed here";
            connection.tell(new ServerMessage.Error(ref, ErrorCode.UNAUTHORIZED, why));
            connection.close(CloseCode.UNAUTHENTICATED, why, null);
            return;
        }
        SessionSecret secret = all.sessions().resume(session).orElseGet(all.sessions()::create);
        all.admit(connection, principal, wanted, secret, tab);
        allowance.admitted(connection.user().key());
        connection.tell(new ServerMessage.Welcome(
                ref,
                all.sessions().issue(secret, connection.user().name()),
                connection.user().name(),
                all.rules().heartbeat().toMillis(),
                all.rules().limits()));
    }

    private void join(ClientMessage.Join join) {
        memberships.checkPlaceFor(join.room());
        memberships.add(join.room(), all.rooms().join(connection, join));
    }

    private void leave(ClientMessage.Leave leave) {
        memberships.in(leave.room()).leave(new ServerMessage.Left(leave.ref(), leave.room()));
        memberships.remove(leave.room());
    }

    /** The connection ends: its user leaves everywhere. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            waiting.clear();
            memberships.leaveAll();
            all.release(connection, allowance.network());
            allowance.end();
        }
    }
}
