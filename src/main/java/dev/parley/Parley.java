package dev.parley;

import dev.parley.message.AuditEntry;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Parley for the beans of an application. A bean injects it to send messages to rooms and users, to read rooms, and to see who is
 * connected.
 *
 * <pre>{@code
 * @Inject Parley parley;
 *
 * void shipped(Order order) {
 *     parley.room("order-" + order.id()).send("On its way");
 * }
 * }</pre>
 *
 * <p>A message that is sent in a JTA transaction leaves with the commit: see {@link RoomHandle#send(String)}. {@link #now} ignores
 * transactions.
 *
 * <p>Parley fires CDI events: a bean can observe {@link dev.parley.message.Entry} for new entries, {@link Draft} for messages before they
 * are stored, and {@link dev.parley.message.ConnectionTransition} for the states of connections.
 *
 * <p>The bean has a normal scope, so it can be injected into beans of any scope, also of a passivating scope. An {@code @Alternative}
 * bean of this type replaces it in a test; so does {@code dev.parley.test.RecordingParley} in a test without a server.
 *
 * <p>Thread-safe. No method waits for a disk or a peer, with one exception: in a transaction, {@code send} waits for one insert into the
 * application's own database if {@code parley.outbox.datasource} names it.
 *
 * <p>The stages that the methods return complete on threads for application code. If the container has managed threads,
 * these are managed threads, with {@code java:comp}. There are only a few of them, so a function that depends on a stage
 * must not wait for another stage there. A stage always fails with a {@link ParleyException}. When the application ends, its open stages
 * fail with {@link ErrorCode#UNAVAILABLE} on the thread that ends it; a stage that is requested later has failed from the start.
 *
 * <p>At most 10,000 stages may be open. Above that, a method returns a stage that has failed with {@link ErrorCode#UNAVAILABLE}; {@code
 * send} in a transaction throws this. At most eight pages of history are read at a time, and other reads wait. A read counts until the
 * functions that depend on its stage have run.
 */
public interface Parley {

    /** The name that users see as the sender of messages from this object. */
    UserName name();

    /**
     * Returns a {@code Parley} that sends under another name. From now on, the name belongs to the application. Call this
     * when the application starts: if a signed-in user has the name already, the application gets the name with a number
     * ({@code herald-2}). A guest that has it gets another name.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is not a valid name for a user, or with {@link
     *     ErrorCode#UNAVAILABLE} if the application has 10,000 names already
     */
    Parley as(String name);

    /**
     * Returns a {@code Parley} that speaks for a signed-in user, who need not be connected: its messages and signals come from this
     * user, with the user's kind, id and name. With it, a clerk can write to a room by a form of the application:
     *
     * <pre>{@code parley.as(securityContext.getUserPrincipal()).room("order-7").send(note);}</pre>
     *
     * <p>The application vouches for the user, and decides before it sends. The permissions of the user have no effect: {@link
     * RoomPolicy}, bans, mutes, slow rooms and quotas do not apply, and observers of {@link Draft} are not called. The reason: a message
     * that leaves with a commit must not be refused after the commit.
     *
     * <p>A message with an id ({@link RoomHandle#send(String, dev.parley.message.Body)}) is not stored if a client of the user has sent a
     * message under this id to the room before. So the user must not be able to guess the ids that the application uses here.
     *
     * <p>Everything except messages and signals is done by the application: the audit log names the application, and not the user.
     * {@link CallerHandle#erase} of the user also erases what was sent for the user, but not messages that still wait in the table of {@code
     * parley.outbox.datasource}.
     *
     * <p>The id of a container's principal is its name, as at a handshake with the login of the container. Where users sign in with tokens, their
     * id is the subject of the token: there, pass a {@code Caller} with this id. Pass the principal of the request ({@code
     * getUserPrincipal}), which is null if nobody is signed in. An injected {@code Principal} or that of an {@code EJBContext} is
     * {@code anonymous} then, which would be a user like any other.
     *
     * @param user a {@link Caller}, such as {@link Draft#caller} or that of a {@link ConnectionInfo}, or the principal of the container.
     *     The name of a container's principal is made from its id, as at the handshake. If another user has the name now, it becomes {@code
     *     name-2}. So call this for each request, and do not keep the result
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is null, a guest or the application, or has no valid id ({@link
     *     CallerId}). Its rooms throw the same for a message to an inbox, to which only the application sends, and to the direct room of
     *     two other users
     */
    Parley as(Principal user);

    /**
     * Returns a {@code Parley} of the same name that ignores transactions: what it sends is sent at once, also if the transaction is
     * rolled back later, or is rolled back already.
     */
    Parley now();

    /**
     * A room. The room need not have any entries.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is not a valid name for a room
     */
    default RoomHandle room(String name) {
        return room(new RoomName(name));
    }

    /**
     * A room. The room need not have any entries. The application may use every room, also the direct room of two users ({@link
     * RoomName#direct}) and the inbox of a user ({@link RoomName#inbox}).
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} for the name by which one user knows a direct room ({@link
     *     RoomName#isView})
     */
    RoomHandle room(RoomName name);

    /**
     * A user, by its name, which is not its id: see {@link #principal}. The user need not be connected.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is not a valid name for a user
     */
    default UserHandle user(String name) {
        return user(new UserName(name));
    }

    /** A user. The user need not be connected. */
    UserHandle user(UserName name);

    /**
     * A page of the audit log: what moderators, and the beans of the application, have done. An entry is kept for 400 days, and
     * at most a million entries are kept.
     *
     * @param after 0 for the oldest entries, or the number of the last entry of the page before
     * @param limit the most entries to return, 1 to {@value AuditEntry#MOST}
     * @return completes with the entries in the order of their numbers; with an empty list at the end. It fails with {@link
     *     ErrorCode#UNAVAILABLE} if the log can't be read now
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if an argument is out of its range
     */
    CompletionStage<List<AuditEntry>> audit(long after, int limit);

    /**
     * A caller, by its id; see {@link #principal} for a signed-in user. The caller need not be connected, and need not have sent
     * anything.
     *
     * @param id such as {@link dev.parley.message.Entry#caller}
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is {@link CallerId#GUEST}, which stands for any guest
     */
    CallerHandle caller(CallerId id);

    /**
     * A signed-in user, by its id: the name of the container's principal ({@link java.security.Principal#getName}), or the claim
     * {@code sub} of the token. To send to all devices of the user:
     *
     * <pre>{@code parley.principal(order.customer()).send("On its way");}</pre>
     *
     * <p>The user need not be connected, and need not have been here before. {@link #user(String)} is another thing: whoever is
     * connected under a name.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is not a valid id
     */
    default CallerHandle principal(String id) {
        return caller(new CallerId(Caller.Kind.USER, id));
    }

    /** A snapshot of the rooms that have members in this process. */
    Set<RoomName> rooms();

    /** A snapshot of the users that are connected to this process. */
    Set<UserName> users();

    /** A snapshot of the open connections of this process. */
    List<ConnectionInfo> connections();
}
