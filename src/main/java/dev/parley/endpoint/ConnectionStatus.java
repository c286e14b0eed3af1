package dev.parley.endpoint;

import dev.parley.log.User;
import dev.parley.message.Caller;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ConnectionState;
import dev.parley.message.ConnectionTransition;
import dev.parley.message.Lifecycle;
import dev.parley.message.TokenRooms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.function.Consumer;

/** The number of a connection, its user, and its state, whose transitions are published. Thread-safe. */
final class ConnectionStatus {
    private static final Logger LOG = System.getLogger(ConnectionStatus.class.getName());

    final long number;
    final Lifecycle lifecycle = new Lifecycle(this::changed);
    private final Consumer<ConnectionTransition> observer;
    private final Runnable whenClosing;
    private volatile User user;
    private volatile Caller caller;
    /** Whether the peer fetches attachments by itself. */
    private volatile boolean fetches;

    /**
     * @param observer notified of each transition, under a lock: it must not block
     * @param whenClosing run under that lock too, when either side begins to close
     */
    ConnectionStatus(long number, Consumer<ConnectionTransition> observer, Runnable whenClosing) {
        this.number = number;
        this.observer = observer;
        this.whenClosing = whenClosing;
    }

    private void changed(ConnectionState from, ConnectionState to) {
        LOG.log(Level.DEBUG, () -> "connection " + number + ": " + from + " -> " + to);
        if (to == ConnectionState.CLOSING) {
            whenClosing.run();
        }
        observer.accept(new ConnectionTransition(number, caller, from, to));
    }

    /** The user that the peer is, or null if that is not known yet. */
    User user() {
        return user;
    }

    boolean fetches() {
        return fetches;
    }

    /** Set before the peer is a member of any room. */
    void fetches(boolean itself) {
        fetches = itself;
    }

    /** The same, as the application knows it. */
    Caller caller() {
        return caller;
    }

    /**
     * It is known which user the peer is: before the user is a member of any room, and again when it gets another name. Must
     * not wait.
     */
    synchronized void identify(User who) {
        assert user == null || user.id().equals(who.id()) : "a connection has one user";
        user = who;
        caller = caller == null ? who.caller() : who.caller().with(caller.roles(), caller.rooms());
    }

    /** The credentials of the user have these roles and rooms from now on. */
    synchronized void authorize(Set<String> roles, TokenRooms rooms) {
        caller = user.caller().with(roles, rooms);
    }

    /** Whether neither side has begun to close. */
    boolean isOpen() {
        return lifecycle.state().isOpen();
    }

    ConnectionInfo info() {
        return new ConnectionInfo(number, caller, lifecycle.state());
    }
}
