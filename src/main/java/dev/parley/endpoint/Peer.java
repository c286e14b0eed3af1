package dev.parley.endpoint;

import dev.parley.identity.Credentials;
import dev.parley.identity.Identity;
import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.security.SessionSecret;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One peer as the handlers of its messages know it: its connection, the rooms that it is in, and what it may send and
 * ask for. Not thread-safe: it is guarded by its conversation.
 */
final class Peer implements Grants.Rooms {
    private static final ClientMessage.Hello NO_HELLO = new ClientMessage.Hello(null, null, null, null);

    final Connection connection;
    final Allowance allowance;
    final Memberships memberships = new Memberships();
    final Grants grants;
    private final Connections all;
    private final Principal principal;
    /** The line that the latest join was for. */
    private ClientMessage.Line joinedFor;

    /** Null until it is asked who the peer is. */
    private SessionSecret session;
    /** Who the peer says that it is, the last time; null before. */
    private Claim claim;

    private boolean gone;

    private record Claim(ClientMessage.Hello hello, CompletableFuture<Identity> answer) {}

    /**
     * @param principal whom the container vouches for, or null
     * @param guarded runs each task later, under the lock of the conversation
     */
    Peer(Connection connection, Connections all, Allowance allowance, Principal principal, Executor guarded) {
        this.grants = new Grants(all.policy(), this, guarded, System::nanoTime);
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

    /** Makes it a guest, where nobody knows who it is. @return the answer to wait for, or null where that is done */
    CompletionStage<?> requireUser() {
        if (connection.user() != null) {
            return null;
        }
        CompletionStage<?> answer = identify(NO_HELLO);
        if (answer == null) {
            admit(NO_HELLO);
        }
        return answer;
    }

    /**
     * Asks who it is: once for each {@code hello}. The session is that of the text in it where that is good, else that of
     * the nonce where there is one, else a new one.
     *
     * @return the answer to wait for, or null where it is there
     */
    CompletionStage<?> identify(ClientMessage.Hello hello) {
        if (hello.token() != null && !all.authenticators().takeTokens()) {
            throw new ParleyException(ErrorCode.UNAUTHORIZED, "this server takes no tokens");
        }
        if (claim == null || claim.hello != hello) {
            if (session == null) {
                session = all.sessions()
                        .resume(hello.session())
                        .orElseGet(() -> all.sessions().create(hello.nonce()));
            } else if (connection.user() != null) {
                allowance.ask();
            }
            Credentials credentials = new Credentials(principal, hello.token(), hello.name(), session);
            claim = new Claim(
                    hello, all.authenticators().authenticate(credentials).toCompletableFuture());
        }
        return claim.answer.isDone() ? null : claim.answer;
    }

    /** Welcomes it as the user that it has turned out to be. One that is nobody's is refused, and its connection closed. */
    void admit(ClientMessage.Hello hello) {
        Identity identity;
        try {
            identity = claim.answer.join();
        } catch (CompletionException e) {
            refuse(hello, e.getCause());
            return;
        }
        if (connection.user() == null) {
            all.admit(connection, identity, session, hello.tab());
            allowance.admitted(connection.user().key());
            grants.identified(connection.user().caller());
        } else if (identity.key().equals(connection.user().key())) {
            connection.identify(connection.user(), connection.sessionKey(), identity.until());
        } else {
            throw new ParleyException(ErrorCode.UNAUTHORIZED, "the token is another user's: connect anew with it");
        }
        Long expires = identity.until() == null
                ? null
                : Math.max(0, identity.until().toEpochMilli() - System.currentTimeMillis());
        connection.tell(new ServerMessage.Welcome(
                hello.ref(),
                all.sessions().issue(session, connection.user().name()),
                connection.user().name(),
                rules().heartbeat().toMillis(),
                rules().limits(),
                expires));
    }

    private void refuse(ClientMessage.Hello hello, Throwable failure) {
        ParleyException why = failure instanceof ParleyException known
                ? known
                : new ParleyException(ErrorCode.UNAVAILABLE, "it can't be found out now who you are", failure);
        if (connection.user() != null) {
            // What it had is good until it ends.
            throw why;
        }
        if (why.code() == ErrorCode.UNAVAILABLE) {
            comeBackLater(why);
            return;
        }
        connection.tell(new ServerMessage.Error(hello.ref(), why.code(), why.getMessage()));
        connection.close(CloseCode.UNAUTHENTICATED, why.getMessage(), null);
    }

    /** Nobody can say now who it is. An error would not tell the client when to try again; the close does. */
    void comeBackLater(ParleyException why) {
        connection.close(CloseCode.TRY_LATER, why.getMessage(), all.comeBackAfter());
    }

    void join(ClientMessage.Join join) {
        memberships.checkPlaceFor(join.room());
        memberships.add(join.room(), all.rooms().join(connection, join));
    }

    /**
     * Joins the room joined last, or the lobby, where it is in none; once for each line.
     *
     * @return ends when it is known whether the peer may do that; null where it is known
     */
    CompletionStage<?> joinFor(ClientMessage.Line line) {
        if (line == joinedFor || memberships.hasLatest()) {
            return null;
        }
        RoomName room = memberships.latest() == null ? RoomName.LOBBY : memberships.latest();
        CompletionStage<?> answer = grants.answerFor(room);
        if (answer == null) {
            grants.require(Permission.READ, room);
            joinedFor = line;
            join(new ClientMessage.Join(null, room, null, null, ClientMessage.DEFAULT_LIMIT));
        }
        return answer;
    }

    @Override
    public boolean contains(RoomName room) {
        return memberships.contains(room);
    }

    @Override
    public void decided(RoomName room) {
        if (!gone && memberships.contains(room)) {
            if (grants.isShutOut(room)) {
                memberships.putOut(room, Grants.forbidden(Permission.READ, room));
            } else if (grants.isLost(room)) {
                connection.lost(new ParleyException(
                        ErrorCode.UNAVAILABLE, "the server can't find out now what may be done in the room " + room));
            } else if (grants.hasChanged(room)) {
                memberships.in(room).granted();
            }
        }
    }

    void history(ClientMessage.History history) {
        all.rooms().history(connection, history);
    }

    /** It sends something: its HTTP session does not end meanwhile. */
    void talks() {
        all.httpSessions().talks(connection, all::later);
    }

    /** Ends its TCP connection without a word. @return false where there is no way to do that */
    boolean cut() {
        boolean canCut = connection.transport.canCut();
        if (canCut) {
            // Not on the thread that reads from it.
            all.later(() -> connection.broke("the client asked for it"));
        }
        return canCut;
    }

    /** It leaves all rooms, and its name is free. Called once. */
    void leave() {
        gone = true;
        grants.end();
        memberships.leaveAll();
        all.release(connection, allowance.network());
        allowance.end();
    }
}
