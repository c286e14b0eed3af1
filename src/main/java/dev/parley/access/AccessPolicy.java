package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.concurrent.CompletableFuture;

/**
 * Decides what a caller may do in a room. Thread-safe; no method waits, and each may be called under a lock and on a loop.
 *
 * <p>Order: questions are answered in any order, also two about the same caller and room. Whoever asks the same again uses
 * the answer to the question that was asked last, and cancels the one before.
 *
 * <p>Bounds: there may be one open question for each connection whose peer waits, and {@value
 * dev.parley.access.AccessPolicy#MOST_RENEWALS} more for the rooms that it is in or is about to join. A policy takes as many questions as
 * it has place for, and rejects the rest at once. It has no patience of its own: whoever asks gives up after a while.
 */
public interface AccessPolicy {
    /** How many questions for which no message waits yet may be open at a time, for one connection. */
    int MOST_RENEWALS = 16;

    /**
     * What a caller may do in every room, as long as this policy is there. Asked once for each connection, when it is known who
     * its peer is.
     *
     * @return null where that depends on the room or on the time: then {@link #decide} is asked
     */
    Grant always(Caller caller);

    /**
     * Asks what a caller may do in a room now.
     *
     * @return ends with the answer, on any thread, perhaps before this method returns. It fails with a {@link ParleyException}
     *     ({@code unavailable}) where there is no answer: the policy failed, or has too much to do. The caller then has what it
     *     had, for as long as that was good, and nothing new. Whoever needs no answer any more cancels it, or fails it to say
     *     that it came too late; the policy need not begin with it then
     */
    CompletableFuture<Grant> decide(Caller caller, RoomName room);
}
