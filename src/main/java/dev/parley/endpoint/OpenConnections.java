package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** The open connections of this process, and what the application may do with them. Thread-safe; no method waits. */
public final class OpenConnections {
    private static final Logger LOG = System.getLogger(OpenConnections.class.getName());

    private final Collection<Connection> open;

    /** @param open may change while they are looked at */
    OpenConnections(Collection<Connection> open) {
        this.open = open;
    }

    /** As they are now. */
    public List<ConnectionInfo> snapshot() {
        return open.stream()
                .map(Connection::info)
                .filter(info -> info.state().isOpen())
                .toList();
    }

    /** Closes those of a user. @return how many there were */
    public int disconnect(UserName user, String why) {
        return (int) open.stream()
                .filter(connection -> isOf(connection, user))
                .filter(connection -> connection.close(CloseCode.FORBIDDEN, why, null))
                .count();
    }

    /** What anybody may do in a room may have changed: whoever is in it is asked about again. */
    public void recheck(RoomName room) {
        open.forEach(connection -> recheck(connection, room::equals));
    }

    /** What a user may do in any room may have changed. */
    public void recheck(UserName user) {
        open.stream()
                .filter(connection -> isOf(connection, user))
                .forEach(connection -> recheck(connection, room -> true));
    }

    private static boolean isOf(Connection connection, UserName user) {
        return connection.user() != null && connection.user().name().equals(user);
    }

    private static void recheck(Connection connection, Predicate<RoomName> rooms) {
        try {
            connection.conversation().recheck(rooms);
        } catch (RuntimeException | Error e) {
            // The others are to be asked about in any case; this one is when its grants are too old.
            LOG.log(Level.ERROR, "Connection " + connection.number + " could not be asked about again", e);
        }
    }
}
