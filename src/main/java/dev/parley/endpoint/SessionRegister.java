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

    /** A connection that was admitted. */
    record Admitted(String session, NameRegister.Claim name) {}

    /**
     * The key of a session, or of one tab of it.
     *
     * @param tab tells the connections of one session apart; may be null
     */
    private static String key(Identity identity, SessionSecret secret, String tab) {
        return identity.key() + " " + secret.fingerprint() + (tab == null ? "" : " " + tab);
    }

    /**
     * Gives a connection its user, and closes an older connection of the same session and tab.
     *
     * @param renamed run each time that the user got another name later, on any thread; it must not wait
     */
    Admitted admit(Connection connection, Identity identity, SessionSecret secret, String tab, Runnable renamed) {
        connection.validUntil(identity.until());
        NameRegister.Claim name = names.claim(identity.name(), identity.key(), user -> {
            boolean isFirst = connection.user() == null;
            connection.status.identify(user);
            if (!isFirst) {
                renamed.run();
            }
        });
        String session = key(identity, secret, tab);
        Connection older = bySession.put(session, connection);
        if (older != null) {
            older.close(CloseCode.REPLACED, "a newer connection of this session took over");
        }
        return new Admitted(session, name);
    }

    /**
     * A connection that was admitted ends, which frees its name.
     *
     * @param network from which the peer came; empty if it isn't known
     */
    void release(Connection connection, Admitted admitted, String network) {
        bySession.remove(admitted.session, connection);
        // Nobody else gets the name of a user who will come back; a guest could be mistaken for that user.
        if (connection.isLost() || !connection.user().id().isGuest()) {
            names.hold(admitted.name, network);
        } else {
            names.release(admitted.name);
        }
    }
}
