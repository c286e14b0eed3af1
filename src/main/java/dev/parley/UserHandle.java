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

    /** A snapshot of the user's open connections to this process, without connections that are closing. */
    List<ConnectionInfo> connections();

    /**
     * Asks the {@link RoomPolicy} again about this user, for all rooms that the user's connections to this process are in.
     * The answers have the same effect as those of {@link RoomHandle#recheck}.
     */
    void recheck();

    /**
     * Closes the user's connections to this process with {@link CloseCode#FORBIDDEN}, so that its clients do not reconnect
     * by themselves. The user can still open a new connection.
     *
     * @param why a reason that the user can read, at most 123 bytes of UTF-8 (RFC 6455 section 5.5)
     * @return how many connections this call closed, without connections that were closing already
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if {@code why} is longer
     */
    int disconnect(String why);
}
