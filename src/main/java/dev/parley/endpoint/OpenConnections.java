package dev.parley.endpoint;

import dev.parley.log.User;
import dev.parley.message.CallerId;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.Standings;
import dev.parley.message.UserName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The open connections of this process, for the application. Thread-safe; no method blocks. */
public final class OpenConnections {
    private static final Logger LOG = System.getLogger(OpenConnections.class.getName());

    private final Collection<ConnectedMember> open;

    /** @param open may change at any time */
    OpenConnections(Collection<ConnectedMember> open) {
        this.open = open;
    }

    /** The connections that are open now. */
    public List<ConnectionInfo> snapshot() {
        return open.stream()
                .map(member -> member.connection().status.info())
                .filter(info -> info.state().isOpen())
                .toList();
    }

    /** Closes the connections of a signed-in user, whatever its name is. @return their number */
    public int disconnect(CallerId user, String why) {
        return (int) open.stream()
                .filter(member -> member.user() != null && member.user().id().equals(user))
                .filter(member -> close(member.connection(), why))
                .count();
    }

    /** Closes the connections of a user. @return their number */
    public int disconnect(UserName user, String why) {
        return (int) open.stream()
                .filter(member -> isOf(member, user))
                .filter(member -> close(member.connection(), why))
                .count();
    }

    /** Asks again about all connections and all their rooms. The time is proportional to their number. */
    public void recheck() {
        open.forEach(member -> recheck(member, Conversation::recheck));
    }

    /** As {@link #recheck()}, and closes the connections of callers that are banned from the server. */
    void recheckAll() {
        open.forEach(member -> recheck(member, Conversation::recheckAll));
    }

    /** The grants in a room may have changed: the policy is asked again about each of its members. */
    public void recheck(RoomName room) {
        open.forEach(member -> recheck(member, one -> one.recheck(room)));
    }

    /** As {@link #recheck(RoomName)}. A member that may not be in the room any more gets this reason, if it is known at once. */
    void recheck(RoomName room, ParleyException why) {
        open.forEach(member -> recheck(member, one -> one.recheck(room, why)));
    }

    /** The grants of a user may have changed: the policy is asked again about each room of the user. */
    public void recheck(UserName user) {
        open.stream().filter(member -> isOf(member, user)).forEach(member -> recheck(member, Conversation::recheck));
    }

    /** Standings with these keys have changed in a room: the policy is asked again about the callers that have them. */
    void recheck(Set<String> keys, RoomName room) {
        open.stream().filter(member -> isOf(member, keys)).forEach(member -> recheck(member, one -> one.recheck(room)));
    }

    /** As {@link #recheck(Set, RoomName)}, with a reason as in {@link #recheck(RoomName, ParleyException)}. */
    void recheck(Set<String> keys, RoomName room, ParleyException why) {
        open.stream()
                .filter(member -> isOf(member, keys))
                .forEach(member -> recheck(member, one -> one.recheck(room, why)));
    }

    /** Closes the connections of the callers and the addresses with these keys. */
    void disconnect(Set<String> keys, String why) {
        open.stream().filter(member -> isOf(member, keys)).forEach(member -> close(member.connection(), why));
    }

    /** @return whether this call closed it */
    private static boolean close(Connection connection, String why) {
        try {
            return connection.close(CloseCode.FORBIDDEN, why, null);
        } catch (RuntimeException | Error e) {
            // The other connections are closed in any case.
            LOG.log(Level.ERROR, "Connection " + connection.number + " could not be closed in order", e);
            connection.broke(e.toString());
            return true;
        }
    }

    /** Puts a caller out of a room, with all its connections. Its joins that have no answer yet are rejected. */
    void putOut(String key, RoomName room, ParleyException why) {
        open.stream().filter(member -> isOf(member, Set.of(key))).forEach(member -> {
            try {
                member.conversation().putOut(room, why);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "Connection " + member.connection().number + " could not be put out", e);
            }
        });
    }

    /**
     * The networks from which a caller is in a room. Those of connections that are not in the room are not among them: a
     * moderator of the room must not learn anything about these. Called without the lock of a conversation.
     *
     * @param room null for the whole server
     */
    List<String> networks(String key, RoomName room) {
        return open.stream()
                .filter(member -> isOf(member, Set.of(key)))
                .filter(member -> room == null || member.conversation().isIn(room))
                .map(member -> member.connection().allowance.network())
                .filter(network -> !network.isEmpty())
                .distinct()
                .toList();
    }

    /** The user that is connected under a name; empty if nobody is. */
    Optional<User> user(UserName name) {
        return open.stream()
                .filter(member -> isOf(member, name))
                .map(ConnectedMember::user)
                .findFirst();
    }

    private static boolean isOf(ConnectedMember member, Set<String> keys) {
        User user = member.user();
        return user != null
                && (keys.contains(user.key())
                        || keys.contains(Standings.addressKey(
                                member.connection().allowance.network())));
    }

    private static boolean isOf(ConnectedMember member, UserName user) {
        return member.user() != null && member.user().name().equals(user);
    }

    private static void recheck(ConnectedMember member, Consumer<Conversation> how) {
        try {
            how.accept(member.conversation());
        } catch (RuntimeException | Error e) {
            // The other connections are rechecked in any case. This one is asked about when its grants are too old.
            LOG.log(Level.ERROR, "Connection " + member.connection().number + " could not be asked about again", e);
        }
    }
}
