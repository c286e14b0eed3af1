package dev.parley.message;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the server can say to a client. {@code ref} is null where the request had none, or where there was none. */
public sealed interface ServerMessage permits Entry, ServerMessage.Reply, ServerMessage.News {

    /** An answer to one client. */
    sealed interface Reply extends ServerMessage {
        /** The mark of the request that this answers, or null. */
        Ref ref();
    }

    /** What a client is told without having asked. */
    sealed interface News extends ServerMessage {}

    /**
     * Who the client is to everyone else.
     *
     * @param session a secret: whoever gives it in a {@code hello} is this user again
     * @param heartbeat how often the server gives a sign of life, in milliseconds
     * @param expires in how many milliseconds the connection is closed unless a new token has come, or null for never
     */
    record Welcome(Ref ref, String session, UserName user, long heartbeat, Limits limits, Long expires)
            implements Reply {}

    /**
     * The client is a member of the room.
     *
     * @param epoch the name of the log: positions in a log of another name mean nothing here
     * @param seq the last one of the log at the moment in which {@code entries} were read: all that is above it follows,
     *     and, where the client didn't resume, nothing that is not
     * @param recovered whether {@code entries} and what follows are, without a gap, all that came after {@code since}
     * @param reads how far each user has read, for those members whose mark is known
     * @param may what the client may do in the room
     */
    record Joined(
            Ref ref,
            RoomName room,
            String epoch,
            long seq,
            List<UserName> members,
            List<Entry> entries,
            boolean recovered,
            Map<UserName, Long> reads,
            Set<Permission> may)
            implements Reply {
        /** Of a client that may do everything. */
        public Joined(
                Ref ref,
                RoomName room,
                String epoch,
                long seq,
                List<UserName> members,
                List<Entry> entries,
                boolean recovered,
                Map<UserName, Long> reads) {
            this(ref, room, epoch, seq, members, entries, recovered, reads, EnumSet.allOf(Permission.class));
        }

        public Joined {
            members = List.copyOf(members);
            entries = List.copyOf(entries);
            reads = Map.copyOf(reads);
            may = Set.copyOf(may);
        }
    }

    /**
     * The client is not in the room any more.
     *
     * @param reason a sentence for people where the client did not ask for this: it may not be there any more; else null
     */
    record Left(Ref ref, RoomName room, String reason) implements Reply {
        /** The answer to a client that leaves. */
        public Left(Ref ref, RoomName room) {
            this(ref, room, null);
        }
    }

    /** A message of this client is durable. */
    record Said(Ref ref, RoomName room, long seq, String id, Instant at) implements Reply {}

    /**
     * A page of the log, in the order of {@code seq}.
     *
     * @param more whether there is more in the direction that was asked for
     */
    record History(Ref ref, RoomName room, List<Entry> entries, boolean more) implements Reply {
        public History {
            entries = List.copyOf(entries);
        }
    }

    /**
     * What can't be seen of the connection is told from now on, or no more.
     *
     * @param request the head of the handshake's request, a line each, what a script has a right to; empty where it is told no
     *     more
     * @param response that of its response
     */
    record Watching(Ref ref, boolean on, List<String> request, List<String> response) implements Reply {
        public Watching {
            request = List.copyOf(request);
            response = List.copyOf(response);
        }
    }

    /** A request failed; the connection goes on. */
    record Error(Ref ref, ErrorCode code, String message) implements Reply {}

    /** What the client may do in a room that it is in is another thing than before. */
    record Granted(RoomName room, Set<Permission> may) implements News {
        public Granted {
            may = Set.copyOf(may);
        }
    }

    record Presence(RoomName room, UserName user, boolean online) implements News {}

    record Typing(RoomName room, UserName user) implements News {}

    record Read(RoomName room, UserName user, long seq) implements News {}

    record Beat() implements News {}

    /**
     * A control frame passed on this connection: a ping of the server's, or the client's pong to it.
     *
     * @param micros how long after its ping the pong came, in microseconds; null for a ping
     */
    record Wire(Frame frame, Instant at, Long micros) implements News {
        /** RFC 6455 section 5.5 */
        public enum Frame {
            PING,
            PONG
        }
    }

    /**
     * The server is about to close this connection.
     *
     * @param retryAfter after how many milliseconds the client should come back, or null
     */
    record Bye(int code, String reason, Long retryAfter) implements News {}
}
