package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes of what comes on one connection after the other the one conversation that a client has: its rooms are joined
 * again from where they were heard up to, what was heard before is left out, and replies find their requests. Confined
 * to the listener's thread.
 *
 * <pre>
 *   begin ──► joining again ──(all answered)──► flowing: requests are sent
 * </pre>
 */
final class Reception {
    /** What a message means for its connection. */
    enum Verdict {
        GOES_ON,
        /** A room can't be joined again now, and what waits to be said there must not be refused for that. */
        CANNOT_RESUME
    }

    private final ChatListener listener;
    private final Requests requests;
    private final Positions positions;
    /** The requests for rooms that are being joined again, by their marks. */
    private final Map<Ref, ClientMessage.Join> joining = new HashMap<>();

    private ClientOutbox outbox;

    Reception(ChatListener listener, Requests requests, Positions positions) {
        this.listener = listener;
        this.requests = requests;
        this.positions = positions;
    }

    /** A connection was welcomed, and takes the place of the one before. */
    void begin(ClientOutbox of, ServerMessage.Welcome welcome) {
        outbox = of;
        requests.limit(welcome.limits());
        tell(() -> listener.welcomed(welcome));
        joining.clear();
        positions.rooms().forEach(this::joinAgain);
        flowOnceJoined();
    }

    private void joinAgain(RoomName room) {
        Ref ref = requests.nextRef();
        ClientMessage.Join join = positions.join(ref, room, null, null, ClientMessage.DEFAULT_LIMIT);
        joining.put(ref, join);
        outbox.offer(join);
    }

    /** Not before: what is said in a room that isn't joined yet is refused. */
    private void flowOnceJoined() {
        if (joining.isEmpty() && !outbox.isFlowing()) {
            outbox.flow();
            positions.reads().forEach((room, seq) -> outbox.offer(new ClientMessage.Read(room, seq)));
        }
    }

    Verdict hear(ServerMessage message) {
        if (message instanceof Entry entry) {
            hearEntry(entry);
        } else if (message instanceof ServerMessage.News news) {
            hearNews(news);
        } else if (message instanceof ServerMessage.Reply reply) {
            return hearReply(reply);
        }
        return Verdict.GOES_ON;
    }

    private void hearEntry(Entry entry) {
        switch (positions.take(entry)) {
            case NEXT -> tell(() -> listener.entry(entry));
            case HEARD_BEFORE -> {}
            case BEYOND_A_GAP -> {
                // What was left out comes with the answer, and this one too.
                if (joining.values().stream().noneMatch(join -> join.room().equals(entry.room()))) {
                    joinAgain(entry.room());
                }
            }
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

    private Verdict hearReply(ServerMessage.Reply reply) {
        ClientMessage.Join again = joining.remove(reply.ref());
        Verdict verdict = Verdict.GOES_ON;
        if (reply instanceof ServerMessage.Joined joined) {
            hearJoined(joined, again == null ? requests.since(joined.ref()) : again.since());
        } else if (again != null && reply instanceof ServerMessage.Error error) {
            verdict = notJoinedAgain(again.room(), error);
        } else {
            if (reply instanceof ServerMessage.Left left) {
                positions.left(left.room());
            }
            if (!requests.end(reply) && reply instanceof ServerMessage.Error error) {
                tell(() -> listener.error(error));
            }
        }
        if (verdict == Verdict.GOES_ON) {
            flowOnceJoined();
            // A reply may have made room for the next request.
            outbox.pokeLater();
        }
        return verdict;
    }

    private void hearJoined(ServerMessage.Joined joined, Long since) {
        boolean goesOn = positions.joined(joined, since);
        tell(() -> listener.joined(goesOn ? recovered(joined) : joined));
        requests.end(joined);
        joined.entries().forEach(this::hearEntry);
    }

    /** What is heard of a room that was joined anew where it goes on is, too, all that came after what was heard. */
    private static ServerMessage.Joined recovered(ServerMessage.Joined joined) {
        return new ServerMessage.Joined(
                joined.ref(),
                joined.room(),
                joined.epoch(),
                joined.seq(),
                joined.members(),
                joined.entries(),
                true,
                joined.reads());
    }

    private Verdict notJoinedAgain(RoomName room, ServerMessage.Error error) {
        switch (error.code()) {
            case TOO_FAST -> joinAgain(room);
            case NOT_MEMBER -> {
                // A join or a leave that the user asked for came between, and its answer says what holds.
            }
            case UNAVAILABLE -> {
                return Verdict.CANNOT_RESUME;
            }
            default -> {
                positions.left(room);
                tell(() -> listener.error(error));
            }
        }
        return Verdict.GOES_ON;
    }

    private static void tell(Runnable call) {
        ListenerThread.guard(call);
    }
}
