package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.HashMap;
import java.util.Map;

/**
 * Handles all messages that a client receives, over all its connections, so that the listener sees one continuous
 * conversation. It joins the rooms again from their positions, drops entries that the listener received before, and
 * gives each reply to its request. Confined to the listener's thread.
 *
 * <pre>
 *   begin ──► joining again ──(all answered)──► flowing: requests are sent
 * </pre>
 */
final class Reception {
    /** The consequence of a message for its connection. */
    enum Verdict {
        GOES_ON,
        /**
         * A room can't be joined again now. The connection must end, or the server would reject the messages that wait
         * for that room.
         */
        CANNOT_RESUME
    }

    private final ChatListener listener;
    private final Requests requests;
    private final Positions positions;
    /** The open requests to join rooms again, by their {@code ref}. */
    private final Map<Ref, ClientMessage.Join> joining = new HashMap<>();

    private ClientOutbox outbox;

    Reception(ChatListener listener, Requests requests, Positions positions) {
        this.listener = listener;
        this.requests = requests;
        this.positions = positions;
    }

    /** A connection was welcomed, and replaces the one before. */
    void begin(ClientOutbox of, ServerMessage.Welcome welcome) {
        outbox = of;
        requests.limit(welcome.limits());
        notify(() -> listener.welcomed(welcome));
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

    /** Lets requests flow once all rooms are joined again: before that, the server rejects what is said in a room. */
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
            case NEXT -> notify(() -> listener.entry(entry));
            case RECEIVED_BEFORE -> {}
            case AFTER_A_GAP -> {
                // The reply brings the missing entries, and this entry again.
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
                notify(() -> listener.error(error));
            }
        }
        if (verdict == Verdict.GOES_ON) {
            flowOnceJoined();
            // After a reply, the next request may be sent.
            outbox.pokeLater();
        }
        return verdict;
    }

    private void hearJoined(ServerMessage.Joined joined, Long since) {
        boolean goesOn = positions.joined(joined, since);
        notify(() -> listener.joined(goesOn ? recovered(joined) : joined));
        requests.end(joined);
        joined.entries().forEach(this::hearEntry);
    }

    /**
     * Marks a reply as recovered. If the room continues from its position, the listener receives all entries after that
     * position, even where the request had no {@code since}.
     */
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
                // The application joined or left the room meanwhile, and the reply to that request decides.
            }
            case UNAVAILABLE -> {
                return Verdict.CANNOT_RESUME;
            }
            default -> {
                positions.left(room);
                notify(() -> listener.error(error));
            }
        }
        return Verdict.GOES_ON;
    }

    private static void notify(Runnable call) {
        ListenerThread.guard(call);
    }
}
