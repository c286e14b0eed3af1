package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The permissions of one peer in one room: the last answer of the policy, and the open question. Not thread-safe: it is
 * guarded by its conversation. Times are as {@link System#nanoTime()}.
 *
 * <pre>
 *   unknown ──(asked)──► asking ──(answer)──► good ──(time is over, or recheck: stale)──► asking again
 *                          └──(no answer)──► failed ──(a second)──► asking again
 * </pre>
 *
 * <p>Messages of the peer wait for an answer only if no valid grant is known. A message that has waited uses the answer, or
 * the failure, in any case. Otherwise a policy whose answers take longer than its grants last would be asked for ever.
 */
final class RoomGrant {
    /** The time after a failure in which the policy is not asked again for this room. */
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    /** In the background, the pause grows to 16 times that. */
    private static final int MOST_DOUBLINGS = 4;

    private static final double EARLIEST_RENEWAL = 0.5;
    private static final double LATEST_RENEWAL = 0.75;

    final RoomName room;

    private Grant grant;
    private long goodUntil;
    private long renewAt;
    /** Whether the policy must be asked again, although the time of the grant is not over. */
    private boolean stale;
    /** Whether the previous grant had other permissions. */
    private boolean changed;

    private ParleyException failure;
    private long failedAt;
    private int failures;

    /** Whether a message has waited for the latest outcome, and has not used it yet. */
    private boolean awaited;

    private CompletableFuture<Grant> question;
    /** The time of the first question since the last outcome. */
    private long asked;
    /** Completes at the next outcome; null if no message waits. */
    private CompletableFuture<Void> waiting;

    RoomGrant(RoomName room) {
        this.room = room;
    }

    /** Whether a message can use the latest outcome. */
    boolean isUsable(long now) {
        return awaited || isGood(now) || failure != null && now - failedAt < PAUSE;
    }

    /**
     * The grant for a message. Called only if {@link #isUsable}.
     *
     * @throws ParleyException with {@code unavailable} if the policy has failed
     */
    Grant use(long now) {
        boolean known = failure == null || isGood(now);
        awaited = false;
        if (!known) {
            throw failure;
        }
        return grant;
    }

    /** The latest grant, valid or not; null if there is none. */
    Grant known() {
        return grant;
    }

    /** Whether the grant is not stale, and its time is not over. */
    boolean isGood(long now) {
        return grant != null && !stale && now - goodUntil < 0;
    }

    /** Whether the policy has failed, and the time of the latest grant is over. */
    boolean isLost(long now) {
        return failure != null && (grant == null || now - goodUntil >= 0);
    }

    /** Whether the policy must be asked now, so that a new grant comes before the time of this one is over. */
    boolean isDue(long now) {
        boolean pausing = failure != null && now - failedAt < PAUSE << Math.min(failures - 1, MOST_DOUBLINGS);
        return question == null && !pausing && (grant == null || stale || now - renewAt >= 0);
    }

    /** Whether the latest answer has other permissions, or another slow mode, than the one before. */
    boolean hasChanged() {
        return changed;
    }

    boolean isAsking() {
        return question != null;
    }

    /** Whether this can be dropped, and asked for again later. */
    boolean isForgettable() {
        return question == null && !awaited;
    }

    /** How long the policy has been asked without an outcome, in nanoseconds. Called only if {@link #isAsking}. */
    long askingFor(long now) {
        return now - asked;
    }

    /** The grant may be outdated. */
    void doubt() {
        stale = true;
    }

    /** The policy has been asked. An earlier open question is cancelled, but its time still counts. */
    void ask(CompletableFuture<Grant> next, long now) {
        CompletableFuture<Grant> before = question;
        if (before == null) {
            asked = now;
        }
        question = next;
        if (before != null) {
            before.cancel(false);
        }
    }

    boolean isAbout(CompletableFuture<Grant> asking) {
        return question == asking;
    }

    /** Completes at the next outcome. */
    CompletableFuture<Void> outcome() {
        if (waiting == null) {
            waiting = new CompletableFuture<>();
        }
        return waiting;
    }

    void answered(Grant answer, long now) {
        settled();
        changed = grant != null
                && !(grant.permissions().equals(answer.permissions())
                        && grant.slow().equals(answer.slow()));
        grant = answer;
        stale = false;
        failure = null;
        failures = 0;
        long time = answer.timeToLive().toNanos();
        goodUntil = now + time;
        // Peers that came back together must not always ask together.
        renewAt = now + (long) (time * ThreadLocalRandom.current().nextDouble(EARLIEST_RENEWAL, LATEST_RENEWAL));
    }

    /** @param now the time of the failure, at which the pause begins */
    void failed(ParleyException why, long now) {
        settled();
        changed = false;
        failure = why;
        failedAt = now;
        failures++;
    }

    private void settled() {
        question = null;
        awaited |= waiting != null;
    }

    /** Continues the messages that wait for the outcome. */
    void goOn() {
        CompletableFuture<Void> waited = waiting;
        waiting = null;
        if (waited != null) {
            // They are handled before this returns.
            waited.complete(null);
            awaited = false;
        }
    }

    /** The peer has left: the open question is cancelled. */
    void end() {
        waiting = null;
        CompletableFuture<Grant> open = question;
        question = null;
        if (open != null) {
            open.cancel(false);
        }
    }

    /** Gives up the open question, because it has been open for too long. @return the failure */
    ParleyException giveUp() {
        ParleyException why = new ParleyException(
                ErrorCode.UNAVAILABLE,
                "it can't be found out now what may be done in the room " + room + "; try again later");
        CompletableFuture<Grant> late = question;
        question = null;
        late.completeExceptionally(why);
        return why;
    }
}
