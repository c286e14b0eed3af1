package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.security.SessionSecret;
import java.security.Principal;

/**
 * One peer as the handlers of its messages know it: its connection, the rooms that it is in, and what it may send and
 * ask for. Not thread-safe: it is guarded by its conversation.
 */
final class Peer {
    private static final ClientMessage.Hello NO_HELLO = new ClientMessage.Hello(null, null, null, null);

    final Connection connection;
    final Allowance allowance;
    final Memberships memberships = new Memberships();
    private final Connections all;
    private final Principal principal;
    /** The line that the latest join was for. */
    private ClientMessage.Line joinedFor;

    private boolean gone;

    /** @param principal whom the container vouches for, or null */
    Peer(Connection connection, Connections all, Allowance allowance, Principal principal) {
        this.connection = connection;
        this.all = all;
        this.allowance = allowance;
        this.principal = principal;
    }

    Rules rules() {
        return all.rules();
    }

    /** Whether nothing that it sent is handled any more. */
    boolean isGone() {
        return gone;
    }

    /** Makes it a guest, where nobody knows who it is. It may be gone after that. */
    void requireUser() {
        if (connection.user() == null) {
            admit(NO_HELLO);
        }
    }

    /**
     * Makes it a user and welcomes it, or closes its connection where guests are not allowed.
     *
     * <p>The user is that of the session where it is good, else that of the nonce where there is one, else a new guest.
     */
    void admit(ClientMessage.Hello hello) {
        if (principal == null && !rules().guests()) {
            String why = "guests are not allowed here";
            connection.tell(new ServerMessage.Error(hello.ref(), ErrorCode.UNAUTHORIZED, why));
            connection.close(CloseCode.UNAUTHENTICATED, why, null);
            return;
        }
        SessionSecret secret = all.sessions()
                .resume(hello.session())
                .orElseGet(() -> all.sessions().create(hello.nonce()));
        all.admit(connection, principal, hello.name(), secret, hello.tab());
        allowance.admitted(connection.user().key());
        connection.tell(new ServerMessage.Welcome(
                hello.ref(),
                all.sessions().issue(secret, connection.user().name()),
                connection.user().name(),
                rules().heartbeat().toMillis(),
                rules().limits()));
    }

    void join(ClientMessage.Join join) {
        memberships.checkPlaceFor(join.room());
        memberships.add(join.room(), all.rooms().join(connection, join));
    }

    /** Joins the room joined last, or the lobby, where it is in none; once for each line. */
    void joinFor(ClientMessage.Line line) {
        if (line == joinedFor || memberships.hasLatest()) {
            return;
        }
        requireUser();
        if (!gone) {
            joinedFor = line;
            RoomName room = memberships.latest() == null ? RoomName.LOBBY : memberships.latest();
            join(new ClientMessage.Join(null, room, null, null, ClientMessage.DEFAULT_LIMIT));
        }
    }

    void history(ClientMessage.History history) {
        all.rooms().history(connection, history);
    }

    /** It sends something: its HTTP session does not end meanwhile. */
    void talks() {
        all.httpSessions().talks(connection, all::later);
    }

    /** It leaves all rooms, and its name is free. Called once. */
    void leave() {
        gone = true;
        memberships.leaveAll();
        all.release(connection, allowance.network());
        allowance.end();
    }
}
