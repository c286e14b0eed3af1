package dev.parley.endpoint;

import dev.parley.identity.Identity;
import dev.parley.message.CloseCode;
import dev.parley.room.NameRegister;
import dev.parley.security.SessionSecret;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The connection of each session, and the names of their users. Thread-safe. */
final class SessionRegister {
    private final NameRegister names;
    private final Map<String, Connection> bySession = new ConcurrentHashMap<>();

    SessionRegister(NameRegister names) {
        this.names = names;
    }

    /**
     * The key of a session, or of one tab of it.
     *
     * @param tab tells the connections of one session apart; may be null
     */
    static String key(Identity identity, SessionSecret secret, String tab) {
        return identity.key() + " " + secret.fingerprint() + (tab == null ? "" : " " + tab);
    }

    /** Gives a connection its user, and closes an older connection with the same key. */
    void admit(Connection connection, Identity identity, String key) {
        connection.validUntil(identity.until());
        connection.status.identify(names.claim(identity.name(), identity.key()));
        Connection older = bySession.put(key, connection);
        if (older != null) {
            older.close(CloseCode.REPLACED, "a newer connection of this session took over");
        }
    }

    /**
     * A connection that was admitted ends, which frees its name.
     *
     * @param network from which the peer came; empty if it isn't known
     */
    void release(Connection connection, String key, String network) {
        bySession.remove(key, connection);
        // Nobody else gets the name of a user who will come back; a guest could be mistaken for that user.
        if (connection.isLost() || !connection.user().id().isGuest()) {
            names.hold(connection.user(), network);
        } else {
            names.release(connection.user());
        }
    }
}
