package dev.parley;

import dev.parley.message.ConnectionInfo;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.List;
import java.util.Set;

/**
 * Parley for the beans of an application: inject it, and send to rooms, read them, and see who is connected.
 *
 * <pre>{@code
 * @Inject Parley parley;
 *
 * void shipped(Order order) {
 *     parley.room("order-" + order.id()).send("On its way");
 * }
 * }</pre>
 *
 * <p>Thread-safe, and no method waits for a disk or a peer. The bean has a normal scope: it can be injected into beans of
 * any scope, passivating ones too, and an {@code @Alternative} bean of this type replaces it in a test. New entries and
 * the states of connections come as CDI events: observe {@link dev.parley.message.Entry} and {@link
 * dev.parley.message.ConnectionTransition}.
 *
 * <p>Stages that the methods return end on threads on which application code may run: managed ones where the container
 * has them, with {@code java:comp}. There are few of them: what depends on a stage must not wait for another one there.
 * 10,000 stages may be open at a time; above that, a method returns a stage that has failed with {@link
 * ErrorCode#UNAVAILABLE}. Eight pages of history are read at a time, and one counts until what depends on its stage has
 * run; more wait. Stages that are open when the application ends fail with {@link ErrorCode#UNAVAILABLE}, on the thread that
 * ends it, and later ones have failed at once. Every other failure of a stage is a {@link ParleyException} too.
 */
public interface Parley {

    /** The name under which others see what is sent through this object. */
    UserName name();

    /**
     * The same under another name of the application's own. The name belongs to the application from now on: call this
     * when the application starts, because a name that a connected user has then gets a number ({@code herald-2}).
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where no user can be named so, or with {@link
     *     ErrorCode#UNAVAILABLE} where the application has 10,000 names already
     */
    Parley as(String name);

    /**
     * A room, whether or not anything was ever sent there.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where no room can be named so
     */
    default RoomHandle room(String name) {
        return room(new RoomName(name));
    }

    /** A room, whether or not anything was ever sent there. */
    RoomHandle room(RoomName name);

    /**
     * A user, whether or not it is connected.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where no user can be named so
     */
    default UserHandle user(String name) {
        return user(new UserName(name));
    }

    /** A user, whether or not it is connected. */
    UserHandle user(UserName name);

    /** The rooms that have members in this process, as they are now. */
    Set<RoomName> rooms();

    /** The users that are connected to this process, as they are now. */
    Set<UserName> users();

    /** The open connections of this process, as they are now. */
    List<ConnectionInfo> connections();
}
