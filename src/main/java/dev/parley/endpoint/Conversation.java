package dev.parley.endpoint;

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
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a peer and the server say to each other: who it is, in which rooms it is, and what each of its messages asks
 * for. Guarded by its own lock, under which nothing waits: messages come one at a time, but the end may come meanwhile.
 */
final class Conversation {
    private static final int MAX_ERRORS_IN_A_ROW = 100;
    /** More, for who is merely too fast: a client that sends all it has after a break means no harm. */
    private static final int MAX_TOO_FAST_IN_A_ROW = 1_000;

    private static final int MAX_ROOMS = 1_000;
    private static final int MAX_PAGES = 2_000;

    private final Connection connection;
    private final Connections all;
    private final Principal principal;
    private final RateLimit rate;
    /** In the order of joining. */
    private final Map<RoomName, Membership> memberships = new LinkedHashMap<>();

    private RoomName latest;
    private int errorsInARow;
    private boolean ended;

    /** @param principal whom the container vouches for, or null */
    Conversation(Connection connection, Connections all, Principal principal) {
        this.connection = connection;
        this.all = all;
        this.principal = principal;
        Rules rules = all.rules();
        this.rate = new RateLimit(rules.limits().rate(), rules.burst(), System.nanoTime());
    }

    /** Handles what came in one frame, in its order. */
    synchronized void handle(List<ClientMessage> messages) {
        for (ClientMessage message : messages) {
            if (ended) {
                return;
            }
            try {
                if (!rate.pass(System.nanoTime())) {
                    throw new ParleyException(
                            ErrorCode.TOO_FAST,
                            "more than " + all.rules().limits().rate() + " messages a second");
                }
                handle(message);
                errorsInARow = 0;
            } catch (ParleyException e) {
                refuse(message.ref(), e);
            }
        }
    }

    private void refuse(Ref ref, ParleyException why) {
        connection.tell(new ServerMessage.Error(ref, why.code(), why.getMessage()));
        if (why.code() == ErrorCode.UNAVAILABLE) {
            // That is this server's own trouble.
            return;
        }
        int most = why.code() == ErrorCode.TOO_FAST ? MAX_TOO_FAST_IN_A_ROW : MAX_ERRORS_IN_A_ROW;
        if (++errorsInARow >= most) {
            connection.close(CloseCode.ABUSE, errorsInARow + " errors in a row", null);
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
            admit(null, null, null);
        }
        if (ended) {
            return;
        }
        if (message instanceof ClientMessage.Join join) {
            join(join);
        } else if (message instanceof ClientMessage.Leave leave) {
            leave(leave);
        } else if (message instanceof ClientMessage.Say say) {
            in(say.room() == null ? latest : say.room()).say(say.ref(), say.id(), say.body());
        } else if (message instanceof ClientMessage.Line line) {
            if (latest == null
                    || !memberships.containsKey(latest)
                    || memberships.get(latest).isRefused()) {
                RoomName room = latest == null ? RoomName.LOBBY : latest;
                join(new ClientMessage.Join(null, room, null, null, ClientMessage.DEFAULT_LIMIT));
            }
            in(latest).say(null, null, line.text());
        } else if (message instanceof ClientMessage.History history) {
            if (connection.pagesWaiting() >= MAX_PAGES) {
                throw new ParleyException(ErrorCode.TOO_FAST, MAX_PAGES + " pages wait to be read already");
            }
            all.rooms().history(connection, history);
        } else if (message instanceof ClientMessage.Typing typing) {
            in(typing.room()).typing();
        } else if (message instanceof ClientMessage.Read read) {
            in(read.room()).read(read.seq());
        } else if (message instanceof ClientMessage.Beat) {
            connection.tell(new ServerMessage.Beat());
        } else if (message instanceof ClientMessage.Watch watch) {
            connection.watch(watch);
        } else if (message instanceof ClientMessage.End end) {
            end(end.how());
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
        admit(hello.ref(), hello.name(), hello.session());
    }

    private void admit(Ref ref, UserName wanted, String session) {
        if (principal == null && !all.rules().guests()) {
            String why = "guests are not allowed here";
            connection.tell(new ServerMessage.Error(ref, ErrorCode.UNAUTHORIZED, why));
            connection.close(CloseCode.UNAUTHENTICATED, why, null);
            return;
        }
        SessionSecret secret = SessionSecret.parse(session).orElseGet(SessionSecret::create);
        SessionSecret known = all.admit(connection, principal, wanted, secret);
        connection.tell(new ServerMessage.Welcome(
                ref,
                known.toString(),
                connection.user().name(),
                all.rules().heartbeat().toMillis(),
                all.rules().limits()));
    }

    private void join(ClientMessage.Join join) {
        if (memberships.size() >= MAX_ROOMS && !memberships.containsKey(join.room())) {
            throw new ParleyException(ErrorCode.FORBIDDEN, "at most " + MAX_ROOMS + " rooms at a time");
        }
        Membership membership = all.rooms().join(connection, join);
        memberships.remove(join.room());
        memberships.put(join.room(), membership);
        latest = join.room();
    }

    private void leave(ClientMessage.Leave leave) {
        in(leave.room()).leave(new ServerMessage.Left(leave.ref(), leave.room()));
        memberships.remove(leave.room());
        if (leave.room().equals(latest)) {
            latest =
                    memberships.keySet().stream().reduce((before, last) -> last).orElse(null);
        }
    }

    private Membership in(RoomName room) {
        Membership membership = memberships.get(room);
        if (membership == null || membership.isRefused()) {
            throw new ParleyException(
                    ErrorCode.NOT_MEMBER, room == null ? "join a room first" : "join the room " + room + " first");
        }
        return membership;
    }

    /** The connection ends: its user leaves everywhere. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            memberships.values().forEach(membership -> membership.leave(null));
            memberships.clear();
            all.release(connection);
        }
    }
}
