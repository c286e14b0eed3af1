package dev.parley;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;

/**
 * Decides what each caller may do in each room. An application implements it in a bean. Without such a bean, the claim
 * {@code parley_rooms} of a token, a file of rules or the setting {@code parley.access} decides. If that setting allows only
 * users, the bean is not called for guests.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class OrderRooms implements RoomPolicy {
 *     @Inject Orders orders;
 *
 *     @Override
 *     public Grant decide(Caller who, RoomName room) {
 *         return orders.isOf(who.getName(), room.value()) ? Grant.all() : Grant.none();
 *     }
 * }
 * }</pre>
 *
 * <p>Bans and mutes take away from what the policy grants, and the owners and moderators of a room have {@code MODERATE} in
 * addition. The policy is not called for a caller that is banned from the room.
 *
 * <p>An application may have one such bean, of any scope. The policy does not apply to the beans of the application: they
 * may send to every room and read every room, also for a user ({@link Parley#as(java.security.Principal)}).
 */
@FunctionalInterface
public interface RoomPolicy {

    /**
     * Returns what a caller may do in a room. Parley calls this when a peer first joins a room or first reads its history,
     * shortly before a grant expires, and after {@link RoomHandle#recheck} and {@link UserHandle#recheck}. Meanwhile the
     * messages of this peer wait; messages of other peers do not.
     *
     * <p>This method may block. It is called on 16 threads of the application, on several of them at once, so a bean with
     * state must be thread-safe. If the container has managed threads, these are managed threads, with {@code java:comp};
     * each call has a request context of its own. At most 4,096 calls wait for these threads; above that, the peer gets
     * {@code unavailable}.
     *
     * @param who the caller; its {@link Caller#kind} says who authenticated it. A guest is not authenticated and chooses its
     *     name. A container is asked only about the roles in the setting {@code parley.roles}. {@link Caller#rooms} is the
     *     claim of a token about rooms; it gives nothing unless this method uses it
     * @param room the room need not have any entries
     * @return not null. {@link Grant#withQuota} gives more than the usual daily quotas. If this returns null, throws, or takes more than
     *     30 seconds, the peer gets {@code unavailable}, and an earlier grant stays valid until it expires
     */
    Grant decide(Caller who, RoomName room);
}
