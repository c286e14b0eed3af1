package dev.parley;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;

/**
 * Decides who may do what in which room: a bean of the application that implements this is asked. Without one, the setting {@code
 * parley.access} decides alone; where that lets nobody but users in, no guest is asked about.
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
 * <p>There may be one such bean, of any scope. The beans of the application itself are never asked about: they may send to every
 * room, and read it.
 */
@FunctionalInterface
public interface RoomPolicy {

    /**
     * What a caller may do in a room. Called when a peer first joins a room or asks for its history, when the grant from before
     * is about to be too old, and after {@link RoomHandle#recheck} and {@link UserHandle#recheck}; the peer's messages wait for
     * the answer meanwhile, and nobody else's.
     *
     * <p>It may block. It is called on one of 16 threads of the application, managed ones where the container has them, with
     * {@code java:comp} and a request context of its own, and on several of them at once: a bean with state must be thread-safe.
     * At most 4,096 calls wait for these threads; more are answered with {@code unavailable}.
     *
     * @param who the {@link Caller#kind} says who vouches for it: a guest chooses its name
     * @param room whether or not anything was ever said there
     * @return not null. Whatever this throws, and an answer that takes more than 30 seconds, is no answer: the peer is told
     *     {@code unavailable}, and what it was granted before goes on until its time is over
     */
    Grant decide(Caller who, RoomName room);
}
