package dev.parley;

import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.util.List;

/** One user, for the beans of an application; see {@link Parley}. Thread-safe. */
public interface UserHandle {
    UserName name();

    /** The user's open connections to this process, as they are now; those that are closing are not among them. */
    List<ConnectionInfo> connections();

    /**
     * What the {@link RoomPolicy} granted to this user may hold no more: it is asked again for all rooms in which the user's
     * connections to this process are, as {@link RoomHandle#recheck} does for a room.
     */
    void recheck();

    /**
     * Closes the user's connections to this process with {@link CloseCode#FORBIDDEN}: its clients don't come back by
     * themselves. It does not keep the user from connecting anew.
     *
     * @param why the user can read it: at most 123 bytes of UTF-8 (RFC 6455 section 5.5)
     * @return how many connections this call closed: those that were closing already don't count
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where {@code why} is longer
     */
    int disconnect(String why);
}
