package dev.parley.endpoint;

import dev.parley.access.AccessPolicy;
import dev.parley.identity.Credentials;
import dev.parley.identity.Identity;
import dev.parley.log.User;
import dev.parley.message.Caller;
import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.DirectRooms;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.room.Member;
import dev.parley.security.SessionSecret;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One peer, for the handlers of its messages: its connection, its memberships, its grants and its identity. Not
 * thread-safe: it is guarded by its conversation.
 */
final class Peer implements GrantQuestions.Rooms {
    private static final ClientMessage.Hello NO_HELLO = new ClientMessage.Hello(null, null, null, null);

    final Connection connection;
    final Allowance allowance;
    final Memberships memberships;
    final Grants grants;
    final PeerModeration moderation;
    final PeerDrafts drafts;
    private final Member member;
    private final PageReads pages;
    private final AccessPolicy policy;
    private final Backend backend;
    /** The line that caused the latest join. */
    private ClientMessage.Line joinedFor;

    /** Null until the peer is identified for the first time. */
    private SessionSecret session;
    /** Null until it is admitted. */
    private SessionRegister.Admitted admitted;
    /** The name that the peer was sent last; null before. */
    private UserName sentName;

    private final Executor guarded;
    /** The latest hello, and the answer to it; null before. */
    private Claim claim;

    private boolean gone;

    private record Claim(ClientMessage.Hello hello, CompletableFuture<Identity> answer) {}

    /**
     * @param member the connection, as rooms know it
     * @param pages of the log that are read for the member
     * @param guarded runs each task later, under the lock of the conversation
     */
    Peer(Connection connection, Member member, PageReads pages, Backend backend, Executor guarded) {
        this.policy = backend.policy().from(connection.allowance.network());
        this.grants = new Grants(policy, this, guarded, System::nanoTime);
        this.guarded = guarded;
        this.memberships = CountedRooms.memberships(connection, backend, grants::quota);
        this.connection = connection;
        this.allowance = connection.allowance;
        this.member = member;
        this.pages = pages;
        this.moderation = new PeerModeration(connection, memberships, grants, backend);
        this.drafts =
                new PeerDrafts(connection, backend.review(), backend.rules().draftTimeout());
        this.backend = backend;
    }

    Rules rules() {
        return backend.rules();
    }

    /** Whether no message of the peer is handled any more. */
    boolean isGone() {
        return gone;
    }

    /**
     * A message as the server handles it: a direct room is named by both ids. Called when the user is known.
     *
     * @throws ParleyException if the peer can't have this direct room
     */
    ClientMessage addressed(ClientMessage message) {
        RoomName room = message.room();
        return room == null || !room.isView()
                ? message
                : message.in(DirectRooms.usedBy(connection.user().id(), room));
    }

    /** Makes the peer a guest, if its user is not known. @return the answer to wait for, or null if the user is known */
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
     * Asks the authenticator for the identity of the peer, once for each {@code hello}. The session is the one in the
     * {@code hello} if that is valid, else the one of its nonce if there is one, else a new one.
     *
     * @return the answer to wait for, or null if it has come
     */
    CompletionStage<?> identify(ClientMessage.Hello hello) {
        if (hello.token() != null && !backend.authenticators().takeTokens()) {
            throw new ParleyException(ErrorCode.UNAUTHORIZED, "this server takes no tokens");
        }
        if (claim == null || claim.hello != hello) {
            if (session == null) {
                session = backend.sessions()
                        .resume(hello.session())
                        .orElseGet(() -> backend.sessions().create(hello.nonce()));
            } else if (connection.user() != null) {
                allowance.ask();
            }
            Credentials credentials = new Credentials(
                    connection.principal(), connection.transport.roles(), hello.token(), hello.name(), session);
            claim = new Claim(
                    hello, backend.authenticators().authenticate(credentials).toCompletableFuture());
        }
        return claim.answer.isDone() ? null : claim.answer;
    }

    /** Welcomes the peer as the user that the answer names. If the answer names none, the connection is closed. */
    void admit(ClientMessage.Hello hello) {
        Identity identity;
        try {
            identity = claim.answer.join();
        } catch (CompletionException e) {
            reject(hello, e.getCause());
            return;
        }
        boolean isFirst = connection.user() == null;
        if (isFirst) {
            // A user that is banned gets no name, and takes over no connection.
            if (isBanned(new User(identity.key(), identity.name()).caller().with(identity.roles(), identity.rooms()))) {
                return;
            }
            admitted = backend.register()
                    .admit(connection, identity, session, hello.tab(), () -> guarded.execute(this::renamed));
            allowance.admitted(connection.user().key());
            connection.status.fetches(hello.fetches());
        } else if (identity.key().equals(connection.user().key())) {
            connection.validUntil(identity.until());
        } else {
            throw new ParleyException(ErrorCode.UNAUTHORIZED, "the token is another user's: connect anew with it");
        }
        connection.status.authorize(identity.roles(), identity.rooms());
        // The ban may have come meanwhile, when it did not find the user here.
        if (isBanned(connection.status.caller())) {
            return;
        }
        Long expires = identity.until() == null
                ? null
                : Math.max(0, identity.until().toEpochMilli() - System.currentTimeMillis());
        User user = connection.user();
        sentName = user.name();
        connection.send(new ServerMessage.Welcome(
                hello.ref(),
                backend.sessions().issue(session, user.name()),
                user.name(),
                user.id(),
                rules().heartbeat().toMillis(),
                rules().limits(),
                expires));
        if (isFirst) {
            backend.rooms().arrived(member, backend.policy().hasMembers());
        }
        if (grants.identified(connection.status.caller())) {
            allowance.rechecked(memberships.names().size());
        }
    }

    /** Whether this user is banned from the server. Then the connection closes. */
    boolean isBanned(Caller who) {
        String banned = policy.refusal(who);
        if (banned != null) {
            connection.close(CloseCode.FORBIDDEN, banned);
        }
        return banned != null;
    }

    /** A user that goes before guests got the name of this guest, which has another one already. */
    private void renamed() {
        UserName now = connection.user().name();
        if (gone || sentName == null || now.equals(sentName)) {
            return;
        }
        String reason = "the name " + sentName + " belongs to a user who is signed in, or to the application";
        sentName = now;
        memberships.renamed();
        connection.send(new ServerMessage.Renamed(now, reason));
        grants.identified(connection.status.caller());
    }

    private void reject(ClientMessage.Hello hello, Throwable failure) {
        ParleyException why = failure instanceof ParleyException known
                ? known
                : new ParleyException(ErrorCode.UNAVAILABLE, "it can't be found out now who you are", failure);
        if (connection.user() != null) {
            // The earlier credentials stay valid until their end.
            throw why;
        }
        if (why.code() == ErrorCode.UNAVAILABLE) {
            comeBackLater(why);
            return;
        }
        connection.send(new ServerMessage.Error(hello.ref(), why.code(), why.getMessage()));
        connection.close(CloseCode.UNAUTHENTICATED, why.getMessage());
    }

    /** Closes the connection, because the peer can't be identified now. Unlike an error, the close has a time to retry. */
    void comeBackLater(ParleyException why) {
        connection.closeWithRetry(CloseCode.TRY_LATER, why.getMessage());
    }

    void join(ClientMessage.Join join) {
        memberships.join(join.room(), () -> backend.rooms().join(member, join));
    }

    /**
     * If the peer is in no room, it joins the room that it joined last, or the lobby; once for each line.
     *
     * @return the answer to wait for, whether the peer may do that; null if it is known
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
    public Collection<RoomName> all() {
        return memberships.names();
    }

    @Override
    public void decided(RoomName room) {
        if (!gone && memberships.contains(room)) {
            if (grants.isShutOut(room)) {
                memberships.putOut(room, grants.shutOut(room));
            } else if (grants.isLost(room)) {
                RoomName shown = DirectRooms.shownTo(connection.user().id(), room);
                member.lost(new ParleyException(
                        ErrorCode.UNAVAILABLE, "the server can't find out now what may be done in the room " + shown));
            } else if (grants.hasChanged(room)) {
                memberships.granted(room);
            }
        }
    }

    void history(ClientMessage.History history) {
        backend.rooms().history(member, history);
    }

    void fetch(ClientMessage.Fetch fetch) {
        backend.rooms().fetch(member, fetch, rules().limits().binary());
    }

    /** The number of pages that wait to be read from the log. */
    int pagesWaiting() {
        return pages.waiting();
    }

    /** The peer has sent a message, which renews its HTTP session. */
    void talks() {
        backend.httpSessions().talks(connection);
    }

    /** The peer leaves all rooms, and its name becomes free. Called once. */
    void leave() {
        gone = true;
        grants.end();
        drafts.end();
        memberships.leaveAll();
        if (connection.user() != null) {
            backend.rooms().departed(member);
            backend.register().release(connection, admitted, allowance.network());
        }
        allowance.end();
    }
}
