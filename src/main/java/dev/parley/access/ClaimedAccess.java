package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

/**
 * A caller with a claim about rooms in its token has the permissions of this claim, and no others. Another policy decides
 * about all other callers. Thread-safe.
 *
 * @param others decides about callers without such a claim
 */
public record ClaimedAccess(AccessPolicy others) implements AccessPolicy {
    @Override
    public Grant always(Caller caller) {
        return caller.rooms() == null ? others.always(caller) : null;
    }

    /** The grant may be good for long: a new token of the same user leads to new questions. */
    @Override
    public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
        return caller.rooms() == null
                ? others.decide(caller, room)
                : CompletableFuture.completedFuture(caller.rooms().grant(room).goodFor(Grant.MOST));
    }

    @Override
    public boolean hasMembers() {
        return others.hasMembers();
    }

    @Override
    public String refusalToMake(Caller caller, RoomName room) {
        return caller.rooms() == null
                ? others.refusalToMake(caller, room)
                : "your token says in which rooms you may be, so you create none";
    }

    @Override
    public int quotaInDirectRooms(Caller caller) {
        return caller.rooms() == null
                ? others.quotaInDirectRooms(caller)
                : caller.rooms().quotaInDirectRooms();
    }

    @Override
    public Set<String> roles() {
        return others.roles();
    }

    @Override
    public void watch(ThreadFactory threads, Runnable changed) {
        others.watch(threads, changed);
    }

    @Override
    public void close() {
        others.close();
    }

    @Override
    public String toString() {
        return others.toString();
    }
}
