package dev.parley.message;

import java.util.regex.Pattern;

/** What a client can say to the server. Fields named optional in the protocol are null where they are absent. */
public sealed interface ClientMessage {
    /** How many of the newest entries a {@code join} without {@code since} brings, if it doesn't say. */
    int DEFAULT_LIMIT = 50;
    /** The most entries in one page. */
    int MAX_LIMIT = 200;

    /** What marks the reply to this message, or null where the client gave no mark or where there is no reply. */
    default Ref ref() {
        return null;
    }

    /** What is said with this message, or null where it says nothing. */
    default Body body() {
        return null;
    }

    /**
     * Who the client is.
     *
     * @param session the secret of an earlier {@code welcome}
     * @param tab which connection of its session this is, or null: a newer connection of the same session and tab
     *     replaces it, others are the same user beside it. 1 to 64 characters
     * @param nonce a secret that the client made from at least 128 random bits, or null: without a good session, the same
     *     nonce is the same guest. 22 to 64 characters of base64url
     */
    record Hello(Ref ref, UserName name, String token, String session, String tab, String nonce)
            implements ClientMessage {
        private static final int MAX_TOKEN = 8192;
        private static final int MAX_SESSION = 256;
        /** 22 characters are the least that can carry 128 bits in base64url (RFC 4648 section 5). */
        private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22,64}");

        /** The hello of a client that has one connection at a time. */
        public Hello(Ref ref, UserName name, String token, String session) {
            this(ref, name, token, session, null, null);
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
    }

    /**
     * Become a member of a room.
     *
     * @param since the last {@code seq} that the client has seen, or null when it starts anew
     * @param epoch the log in which it saw that, or null
     * @param limit how many of the newest entries to be given where {@code since} is null: 0 to 200
     */
    record Join(Ref ref, RoomName room, Long since, String epoch, int limit) implements ClientMessage {
        public Join {
            checkField("room", room);
            if (since != null && since < 0) {
                throw ParleyException.badRequest("since must be 0 or more");
            }
            checkRange("limit", limit, 0, MAX_LIMIT);
        }
    }

    record Leave(Ref ref, RoomName room) implements ClientMessage {
        public Leave {
            checkField("room", room);
        }
    }

    /**
     * What becomes an entry of a room's log. A client that may send it again, as after a break, must give it a room and
     * an id: else it could be stored twice, or in whichever room was joined last.
     */
    sealed interface Stored extends ClientMessage permits Say {
        /** Null for the room joined last. */
        RoomName room();

        /** The client's own id of it, 1 to 64 characters: under one id, one entry is stored. Null for none. */
        String id();

        @Override
        Body body();
    }

    /**
     * Say something.
     *
     * @param room the room, or null for the one joined last
     * @param id the client's own id of this message, 1 to 64 characters, or null
     */
    record Say(Ref ref, RoomName room, String id, Body body) implements Stored {
        public Say {
            checkField("text", body);
            checkId("id", id);
        }
    }

    /** A text frame that is no JSON: said in the room joined last, or in the lobby. */
    record Line(Body.Text text) implements ClientMessage {
        @Override
        public Body body() {
            return text;
        }
    }

    /**
     * Read a page of a room's log: just below {@code before}, just above {@code after}, or the newest one where both
     * are null.
     *
     * @param limit at most so many entries, 1 to 200
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
    }

    record Typing(RoomName room) implements ClientMessage {
        public Typing {
            checkField("room", room);
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
    }

    record Beat() implements ClientMessage {}

    /**
     * Tell, or tell no more, what this connection's client can't see of its own wire: a browser's script sees neither
     * the handshake nor pings and pongs.
     */
    record Watch(Ref ref, boolean on) implements ClientMessage {}

    /** End this very connection, so that its client can see what becomes of it. */
    record End(Ref ref, How how) implements ClientMessage {
        public End {
            checkField("how", how);
        }

        /** With a close frame, or by ending the TCP connection without a word. */
        public enum How {
            CLOSE,
            CUT
        }
    }

    /** What the client sent is no message: the reply is an {@code error}. */
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
        if (id == null) {
            return;
        }
        if (id.isEmpty() || id.length() > 128 || id.codePointCount(0, id.length()) > 64) {
            throw ParleyException.badRequest(field + " must have 1 to 64 characters");
        }
        Body.checkUnicode(field, id);
    }
}
