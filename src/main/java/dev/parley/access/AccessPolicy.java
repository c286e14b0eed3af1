package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;

/**
 * Decides what a caller may do in a room. Thread-safe. No method waits, so each may be called under a lock and on a loop.
 *
 * <p>Order: a policy may answer its questions in any order, even two questions about the same caller and room. A connection
 * that repeats a question cancels the earlier question and uses the answer to the later one.
 *
 * <p>Bounds: a connection has at most one open question for which its messages wait, and {@value
 * dev.parley.access.AccessPolicy#MOST_RENEWALS} more for the rooms that it is in or is about to join; after a change by a moderator also
 * one for the room of the change. A policy has a bounded
 * queue of questions, and fails a question at once if the queue is full. A policy has no timeout; the connection that asks has
 * one.
 */
public interface AccessPolicy extends AutoCloseable {
    /** The most open questions of one connection for which no message waits yet. */
    int MOST_RENEWALS = 16;

    /**
     * What a caller may do in every room at any time. Called when the peer of a connection is
     * authenticated, and again when it has sent new credentials.
     *
     * @return null if the grant depends on the room or on the time; then {@link #decide} is called for each room
     */
    Grant always(Caller caller);

    /**
     * Asks what a caller may do in a room now.
     *
     * @return completes with the answer, on any thread, perhaps before this method returns. It fails with a {@link
     *     ParleyException} ({@code unavailable}) if there is no answer, because the policy failed or its queue is full. Then an
     *     earlier grant stays valid until it expires. A connection that needs no answer any more cancels the future, or fails it
     *     if the answer is too late; then the policy need not begin to answer
     */
    CompletableFuture<Grant> decide(Caller caller, RoomName room);

    /**
     * The same policy for callers whose connection comes from a network.
     *
     * @param network of their address; empty if it is not known
     */
    default AccessPolicy from(String network) {
        return this;
    }

    /**
     * Completes when the policy has all that it must read for a room, so that it can take away permissions there at once. It may
     * fail if that can't be read now.
     */
    default CompletionStage<?> ready(RoomName room) {
        return CompletableFuture.completedStage(null);
    }

    /**
     * Why a caller may not be connected at all, as a sentence; null if it may. Called when the peer of a connection is
     * authenticated.
     */
    default String refusal(Caller caller) {
        return null;
    }

    /** Whether it depends on roles, and on whether a room is closed, who may be in which room. */
    default boolean hasMembers() {
        return false;
    }

    /** Why a caller may not make a room, as a sentence; null if it may. Called only if {@link #hasMembers}. */
    default String refusalToMake(Caller caller, RoomName room) {
        return null;
    }

    /**
     * How many times the usual quotas a caller has in direct rooms, about which this policy is not asked otherwise.
     *
     * @return 1 to {@link Grant#MOST_QUOTA}
     */
    default int quotaInDirectRooms(Caller caller) {
        return 1;
    }

    /**
     * The roles that the answers depend on, as far as they are known. A container has no list of the roles of a user, but it can
     * be asked about each of these.
     */
    default Set<String> roles() {
        return Set.of();
    }

    /**
     * Begins to look for changes of the policy, if it can change. Called once, before the first connection.
     *
     * @param threads makes the threads for it
     * @param changed called on such a thread after each change; asks again about all connections
     */
    default void watch(ThreadFactory threads, Runnable changed) {}

    /** Ends the threads of the policy, if it has any. Does not wait for answers. Open questions fail or get no answer. */
    @Override
    default void close() {}

    /** A description of the policy, as a part of a sentence such as "everybody may be in every room". */
    @Override
    String toString();
}
