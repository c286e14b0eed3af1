package dev.parley;

import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

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

    /**
     * Bans the user, who is connected to this process now, from the whole server. All connections of the user are closed with
     * {@link CloseCode#FORBIDDEN}, and new ones too, until the ban ends. A guest can come back as another guest, unless its
     * address is banned. A ban outlives a restart, and is an entry of the audit log under the name of the {@link Parley} object.
     *
     * @param duration in whole seconds, at least one, at most ten years, with an address 30 days; null for ever, and 30 days for
     *     the address
     * @param address whether nobody may connect from the user's address meanwhile; of an IPv6 address the first 64 bits count
     * @param reason for the user and the audit log, at most 200 characters; or null
     * @return completes when this is durable and the connections are closing. It fails with {@link ErrorCode#NOT_FOUND} if the
     *     user, or its address, is not connected; with {@link ErrorCode#FORBIDDEN} if it is a name of the application, or
     *     there are 10,000 bans; with {@link ErrorCode#UNAVAILABLE} if the log can't be written now
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if an argument is out of its range
     */
    CompletionStage<Void> ban(Duration duration, boolean address, String reason);

    /**
     * Ends the bans from the whole server that were made under this name, also those of addresses.
     *
     * @param reason for the audit log, at most 200 characters; or null
     * @return completes when this is durable. It fails with {@link ErrorCode#NOT_FOUND} if there is no such ban, or as {@link
     *     #ban} does
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the reason is too long
     */
    CompletionStage<Void> unban(String reason);
}
