package dev.parley.message;

import java.util.regex.Pattern;

/** A message from a client to the server. A field that the protocol calls optional is null if it is absent. */
public sealed interface ClientMessage {
    /** The {@code limit} of a {@code join} that has neither {@code since} nor {@code limit}. */
    int DEFAULT_LIMIT = 50;
    /** The most entries in one page. */
    int MAX_LIMIT = 200;

    /** The {@code ref} that the reply repeats. Null if the client sent none, or if this message has no reply. */
    default Ref ref() {
        return null;
    }

    /** The room that this message names; null if it names none. */
    default RoomName room() {
        return null;
    }

    /**
     * The same message for another room.
     *
     * @throws ParleyException with {@code forbidden} if messages of this type are not for direct rooms
     */
    default ClientMessage in(RoomName room) {
        throw new ParleyException(ErrorCode.FORBIDDEN, "this can't be done in a direct room");
    }

    /** The content for the members of a room; null if this message has none. */
    default Body body() {
        return null;
    }

    /**
     * Identifies the client.
     *
     * @param session the secret of an earlier {@code welcome}; or null
     * @param tab names this connection within its session, 1 to 64 characters; or null. A newer connection with the same
     *     session and tab replaces this one. Connections with another tab stay open beside it
     * @param nonce a secret of 22 to 64 characters of base64url, made from at least 128 random bits; or null. Two hellos
     *     without a valid session and with the same nonce are the same guest
     * @param attachments {@value #APART} if entries have a {@link Body.Reference} in place of each attachment; or null. Any other
     *     text is ignored
     */
    record Hello(Ref ref, UserName name, String token, String session, String tab, String nonce, String attachments)
            implements ClientMessage {
        public static final String APART = "apart";

        private static final int MAX_TOKEN = 8192;
        private static final int MAX_SESSION = 256;
        /** 128 bits need 22 characters of base64url (RFC 4648 section 5). */
        private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22,64}");

        /** The hello of a client that has one connection at a time. */
        public Hello(Ref ref, UserName name, String token, String session) {
            this(ref, name, token, session, null, null, null);
        }

        public Hello {
            checkId("tab", tab);
            if (token != null && token.length() > MAX_TOKEN) {
                throw ParleyException.badRequest("token must have at most " + MAX_TOKEN + " characters");
            }
            if (session != null && session.length() > MAX_SESSION) {
                throw ParleyException.badRequest("session must have at most " + MAX_SESSION + " characters");
            }
            if (nonce != null && !NONCE.matcher(nonce).matches()) {
                throw ParleyException.badRequest("nonce must have 22 to 64 letters, digits, - or _");
            }
        }

        /** Whether the client fetches attachments by itself. */
        public boolean fetches() {
            return APART.equals(attachments);
        }
    }

    /**
     * Joins a room.
     *
     * @param since the {@code seq} of the last entry that the client received; null if the client has no entry
     * @param epoch the epoch of the log of that entry; or null
     * @param limit the most entries in the reply if {@code since} is null, 0 to 200
     */
    record Join(Ref ref, RoomName room, Long since, String epoch, int limit) implements ClientMessage {
        public Join {
            checkField("room", room);
            if (since != null && since < 0) {
                throw ParleyException.badRequest("since must be 0 or more");
            }
            checkRange("limit", limit, 0, MAX_LIMIT);
        }

        @Override
        public Join in(RoomName other) {
            return new Join(ref, other, since, epoch, limit);
        }
    }

    record Leave(Ref ref, RoomName room) implements ClientMessage {
        public Leave {
            checkField("room", room);
        }

        @Override
        public Leave in(RoomName other) {
            return new Leave(ref, other);
        }
    }

    /**
     * A message that becomes an entry of a room's log. A client that may send it again, for example after a broken
     * connection, must set the room and the id. Otherwise it could be stored twice, or in another room.
     */
    sealed interface Stored extends ClientMessage permits Say {
        /** Null for the room that the client joined last. */
        @Override
        RoomName room();

        /** The client's id for this message, 1 to 64 characters; or null. One id makes one entry. */
        String id();

        @Override
        Body body();
    }

    /**
     * Says a text, data or an attachment in a room.
     *
     * @param room null for the room that the client joined last
     * @param id the client's id for this message, 1 to 64 characters; or null
     */
    record Say(Ref ref, RoomName room, String id, Body body) implements Stored {
        public Say {
            checkField("text", body);
            Body.checkComplete(body);
            checkId("id", id);
        }

        @Override
        public Say in(RoomName other) {
            return new Say(ref, other, id, body);
        }
    }

    /** A text frame that is not JSON. It is said in the room that the client joined last, or in the lobby. */
    record Line(Body.Text text) implements ClientMessage {
        @Override
        public Body body() {
            return text;
        }
    }

    /**
     * Reads a page of a room's log: the entries just below {@code before}, or just above {@code after}, or the newest
     * entries if both are null.
     *
     * @param limit the most entries in the reply, 1 to 200
     */
    record History(Ref ref, RoomName room, Long before, Long after, int limit) implements ClientMessage {
        public History {
            checkField("room", room);
            if (before != null && after != null) {
                throw ParleyException.badRequest("either before or after, not both");
            }
            if (before != null && before < 0 || after != null && after < 0) {
                throw ParleyException.badRequest("before and after must be 0 or more");
            }
            checkRange("limit", limit, 1, MAX_LIMIT);
        }

        @Override
        public History in(RoomName other) {
            return new History(ref, other, before, after, limit);
        }
    }

    /**
     * Fetches the bytes of an attachment, or a part of them.
     *
     * @param seq the number of its entry
     * @param offset the first byte
     * @param length the most bytes in the reply; null for all that a reply can have
     */
    record Fetch(Ref ref, RoomName room, long seq, long offset, Long length) implements ClientMessage {
        public Fetch {
            checkField("room", room);
            if (seq < 1) {
                throw ParleyException.badRequest("seq must be 1 or more");
            }
            if (offset < 0 || length != null && length < 1) {
                throw ParleyException.badRequest("offset must be 0 or more, and length 1 or more");
            }
        }

        @Override
        public Fetch in(RoomName other) {
            return new Fetch(ref, other, seq, offset, length);
        }
    }

    record Typing(RoomName room) implements ClientMessage {
        public Typing {
            checkField("room", room);
        }

        @Override
        public Typing in(RoomName other) {
            return new Typing(other);
        }
    }

    /**
     * Sends a text or data to the members who are in a room now. It is not stored.
     *
     * @param body a text or data of at most {@value #MOST_BYTES} bytes
     */
    record Signal(Ref ref, RoomName room, Body body) implements ClientMessage {
        /** The largest content, in bytes of UTF-8. */
        public static final int MOST_BYTES = 8192;

        public Signal {
            checkField("room", room);
            checkField("text", body);
            if (body.form() != Body.Form.TEXT && body.form() != Body.Form.DATA) {
                throw ParleyException.badRequest("a signal has a text or data");
            }
            if (body.bytes() > MOST_BYTES) {
                throw new ParleyException(ErrorCode.TOO_LARGE, "a signal has at most " + MOST_BYTES + " bytes");
            }
        }

        @Override
        public Signal in(RoomName other) {
            return new Signal(ref, other, body);
        }
    }

    /** The client's user has read the room up to {@code seq}. */
    record Read(RoomName room, long seq) implements ClientMessage {
        public Read {
            checkField("room", room);
            if (seq < 0) {
                throw ParleyException.badRequest("seq must be 0 or more");
            }
        }

        @Override
        public Read in(RoomName other) {
            return new Read(other, seq);
        }
    }

    /**
     * Makes a room. The client's user is its owner then.
     *
     * @param closed whether only users with a role may be in the room
     */
    record Create(Ref ref, RoomName room, boolean closed) implements ClientMessage {
        public Create {
            checkField("room", room);
        }
    }

    /**
     * An action of a moderator. The server checks which fields an action needs.
     *
     * @param user a name in the room, or null
     * @param callerId the id of a signed-in user, or null
     * @param seq the author of this entry, or the entry that is erased; or null
     * @param seconds how long a ban or a mute lasts, or the time between two messages; or null
     * @param address whether a ban or a mute is also about the address of the user
     * @param role the role that the user gets; or null
     */
    record Moderate(
            Ref ref,
            RoomName room,
            ModerationAction action,
            UserName user,
            String callerId,
            Long seq,
            Long seconds,
            boolean address,
            Role role,
            String reason)
            implements ClientMessage {
        public Moderate {
            checkField("room", room);
            checkField("action", action);
        }

        /** An action that gives no role. */
        public Moderate(
                Ref ref,
                RoomName room,
                ModerationAction action,
                UserName user,
                String callerId,
                Long seq,
                Long seconds,
                boolean address,
                String reason) {
            this(ref, room, action, user, callerId, seq, seconds, address, null, reason);
        }
    }

    record Beat() implements ClientMessage {}

    /**
     * Asks the server to report the handshake, the pings and the pongs of this connection, or to stop this. A script in a
     * browser can't see them.
     */
    record Watch(Ref ref, boolean on) implements ClientMessage {}

    /** Asks the server to end this connection, so that a client can test its reconnect. */
    record End(Ref ref, How how) implements ClientMessage {
        public End {
            checkField("how", how);
        }

        /** How the connection ends. */
        public enum How {
            /** With a close frame. */
            CLOSE,
            /** The TCP connection is closed without a close frame. */
            CUT
        }
    }

    /** A frame of the client that is not a valid message. The reply is an {@code error}. */
    record Invalid(Ref ref, ErrorCode code, String message) implements ClientMessage {
        public static Invalid of(Ref ref, ParleyException why) {
            return new Invalid(ref, why.code(), why.getMessage());
        }
    }

    private static void checkField(String field, Object value) {
        if (value == null) {
            throw ParleyException.badRequest(field + " is missing");
        }
    }

    private static void checkRange(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw ParleyException.badRequest(field + " must be from " + least + " to " + most);
        }
    }

    private static void checkId(String field, String id) {
        if (id != null) {
            UnicodeText.checkWord(field, id);
        }
    }
}
