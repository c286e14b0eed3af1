package dev.parley.message;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A message from the server to a client. {@code ref} is null if the request had none, or if the message answers none. */
public sealed interface ServerMessage permits Entry, ServerMessage.Reply, ServerMessage.News {

    /** The room that this message is about; null if it is about none. */
    default RoomName room() {
        return null;
    }

    /** Whether it has bytes, and is sent in a binary frame of its own. */
    default boolean hasBytes() {
        return false;
    }

    /** An answer to one client. */
    sealed interface Reply extends ServerMessage {
        /** The mark of the request; or null. */
        Ref ref();
    }

    /** A message that answers no request. */
    sealed interface News extends ServerMessage {}

    /**
     * The answer to {@code hello}.
     *
     * @param session a secret. A client that sends it in a later {@code hello} is the same user again
     * @param user the name of the client that other users see
     * @param caller the kind and the id of the client's user; without the id if it is a guest
     * @param heartbeat the time between two heartbeats of the server, in milliseconds
     * @param expires the milliseconds until the server closes the connection, unless it gets a new token before; null for
     *     never
     */
    record Welcome(Ref ref, String session, UserName user, CallerId caller, long heartbeat, Limits limits, Long expires)
            implements Reply {
        public Welcome {
            Objects.requireNonNull(caller);
        }

        /** The same with another name. */
        public Welcome named(UserName name) {
            return new Welcome(ref, session, name, caller, heartbeat, limits, expires);
        }
    }

    /**
     * The client is a member of the room.
     *
     * @param callers the kind and the id of each member that is no guest, by its name
     * @param epoch the name of the log. A position in a log with another name has no meaning here
     * @param seq the last entry of the log when {@code entries} were read. Entries above it follow as {@code entry} messages.
     *     If the client did not resume, only these follow
     * @param recovered whether {@code entries} and the following {@code entry} messages are all entries after {@code since},
     *     without a gap
     * @param reads how far the members have read, without members whose mark is unknown
     * @param may the permissions of the client in the room
     * @param oldest the oldest entry that the log keeps; null if no entry of the room was deleted
     * @param slow the seconds between two messages of the client in the room; 0 for none
     */
    record Joined(
            Ref ref,
            RoomName room,
            String epoch,
            long seq,
            List<UserName> members,
            Map<UserName, CallerId> callers,
            List<Entry> entries,
            boolean recovered,
            Map<UserName, Long> reads,
            Set<Permission> may,
            Long oldest,
            long slow)
            implements Reply {
        /** In a room without a slow mode. */
        public Joined(
                Ref ref,
                RoomName room,
                String epoch,
                long seq,
                List<UserName> members,
                Map<UserName, CallerId> callers,
                List<Entry> entries,
                boolean recovered,
                Map<UserName, Long> reads,
                Set<Permission> may,
                Long oldest) {
            this(ref, room, epoch, seq, members, callers, entries, recovered, reads, may, oldest, 0);
        }

        /** For a usual member, in a room with only guests, from which no entry was deleted. */
        public Joined(
                Ref ref,
                RoomName room,
                String epoch,
                long seq,
                List<UserName> members,
                List<Entry> entries,
                boolean recovered,
                Map<UserName, Long> reads) {
            this(
                    ref,
                    room,
                    epoch,
                    seq,
                    members,
                    Map.of(),
                    entries,
                    recovered,
                    reads,
                    Grant.all().permissions(),
                    null);
        }

        public Joined {
            members = List.copyOf(members);
            callers = Map.copyOf(callers);
            entries = List.copyOf(entries);
            reads = Map.copyOf(reads);
            may = Set.copyOf(may);
        }
    }

    /**
     * The client is not in the room any more.
     *
     * @param reason a sentence for people, if the server put the client out of the room; null if the client asked to leave
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
     * @param more whether the log has more entries in the direction of the request
     * @param oldest the oldest entry that the log keeps; null if no entry of the room was deleted
     */
    record History(Ref ref, RoomName room, List<Entry> entries, boolean more, Long oldest) implements Reply {
        /** Of a room from which no entry was deleted. */
        public History(Ref ref, RoomName room, List<Entry> entries, boolean more) {
            this(ref, room, entries, more, null);
        }

        public History {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Bytes of an attachment, sent in a binary frame.
     *
     * @param size how many bytes the attachment has
     * @param offset the first one of {@code data}
     * @param data read-only; fewer than were asked for at the end of the attachment, or if the reply can have no more. Each call
     *     returns a buffer with its own position
     */
    record Fetched(Ref ref, RoomName room, long seq, long size, long offset, ByteBuffer data) implements Reply {
        public Fetched {
            data = data.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer data() {
            return data.duplicate();
        }

        @Override
        public boolean hasBytes() {
            return true;
        }
    }

    /**
     * The answer to {@code watch}: the server reports the pings and pongs of the connection from now on, or stops this.
     *
     * @param request the lines of the head of the handshake's request, without secrets; empty if the server stops
     * @param response the lines of the head of its response; empty likewise
     */
    record Watching(Ref ref, boolean on, List<String> request, List<String> response) implements Reply {
        public Watching {
            request = List.copyOf(request);
            response = List.copyOf(response);
        }
    }

    /** A request failed. The connection stays open. @param retryAfter the milliseconds before which it fails again, or null */
    record Error(Ref ref, ErrorCode code, String message, Long retryAfter) implements Reply {
        /** An error without a time. */
        public Error(Ref ref, ErrorCode code, String message) {
            this(ref, code, message, null);
        }

        /** The error for an exception, with this sentence. The time is rounded up, so that it is over after this number. */
        public static Error of(Ref ref, ParleyException why, String message) {
            Long millis = why.retryAfter()
                    .map(time -> time.plusNanos(999_999).toMillis())
                    .orElse(null);
            return new Error(ref, why.code(), message, millis);
        }
    }

    /** An action of a moderator is durable. */
    record Moderated(Ref ref, RoomName room, ModerationAction action) implements Reply {
        public Moderated {
            Objects.requireNonNull(action);
        }
    }

    /**
     * The permissions of the client, or the slow mode for it, have changed in a room that it is in.
     *
     * @param slow the seconds between two messages of the client in the room; 0 for none
     */
    record Granted(RoomName room, Set<Permission> may, long slow) implements News {
        /** In a room without a slow mode. */
        public Granted(RoomName room, Set<Permission> may) {
            this(room, may, 0);
        }

        public Granted {
            may = Set.copyOf(may);
        }
    }

    /**
     * The content of an entry was erased. Its number stays.
     *
     * @param from the sender's name from now on, if that was erased too; or null
     * @param older whether the contents of entries below this one were erased too, without a message for each: a client that
     *     has some of these reads them again, or drops them
     */
    record Erased(RoomName room, long seq, UserName from, boolean older) implements News {
        /** The content alone, of one entry. */
        public Erased(RoomName room, long seq) {
            this(room, seq, null, false);
        }
    }

    /**
     * A user has come into the room, or has left it.
     *
     * @param caller the kind and the id of the user; without the id if it is a guest
     */
    record Presence(RoomName room, UserName user, CallerId caller, boolean online) implements News {
        public Presence {
            Objects.requireNonNull(caller);
        }

        /** A guest has come or left. */
        public Presence(RoomName room, UserName user, boolean online) {
            this(room, user, CallerId.GUEST, online);
        }
    }

    /**
     * The client's user has another name from now on: a signed-in user, or the application, got the name that it had.
     *
     * @param user the new name
     * @param reason a sentence for people
     */
    record Renamed(UserName user, String reason) implements News {
        public Renamed {
            Objects.requireNonNull(user);
            Objects.requireNonNull(reason);
        }
    }

    record Typing(RoomName room, UserName user) implements News {}

    record Read(RoomName room, UserName user, long seq) implements News {}

    /**
     * A signal of a member, or of the application. It is not stored.
     *
     * @param caller the kind and the id of the sender; without the id if it is a guest
     * @param body a text or data
     */
    record Signal(RoomName room, UserName from, CallerId caller, Body body) implements News {
        public Signal {
            Objects.requireNonNull(from);
            Objects.requireNonNull(caller);
            Objects.requireNonNull(body);
        }
    }

    /**
     * A room that the client is not in has a new entry for its user: a direct room of the user.
     *
     * @param from the name that the sender of the entry had
     * @param caller the kind and the id of the sender
     * @param seq the newest entry, as far as it is known
     */
    record Invited(RoomName room, UserName from, CallerId caller, long seq) implements News {
        public Invited {
            Objects.requireNonNull(caller);
        }
    }

    /**
     * The inbox of the client's user, which the client is not in, has a new entry.
     *
     * @param from the name that the sender of the entry had
     * @param caller the kind and the id of the sender
     * @param seq the newest entry, as far as it is known
     */
    record Inbox(UserName from, CallerId caller, long seq) implements News {
        public Inbox {
            Objects.requireNonNull(from);
            Objects.requireNonNull(caller);
        }
    }

    record Beat() implements News {}

    /**
     * A control frame of this connection: a ping of the server, or the pong of the client.
     *
     * @param micros the time from the ping to this pong, in microseconds; null for a ping
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
     * @param retryAfter how many milliseconds the client should wait before it reconnects; or null
     * @param signIn how the client can authenticate itself, if the code is 4401 and the server offers a way; or null
     */
    record Bye(int code, String reason, Long retryAfter, SignIn signIn) implements News {
        /** Without a way to authenticate. */
        public Bye(int code, String reason, Long retryAfter) {
            this(code, reason, retryAfter, null);
        }
    }
}
