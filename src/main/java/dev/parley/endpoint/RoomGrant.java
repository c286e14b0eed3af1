package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What one peer may do in one room: the last answer of the policy, and the question that is open. Not thread-safe: it is
 * guarded by its conversation. Times are of {@link System#nanoTime()}.
 *
 * <pre>
 *   unknown ──(asked)──► asking ──(answer)──► good ──(time is over, or recheck: stale)──► asking again
 *                          └──(no answer)──► failed ──(a second)──► asking again
 * </pre>
 *
 * <p>Messages of the peer wait for an answer only where nothing good is known. An answer, or a failure, that a message has
 * waited for is good for that message in any case: else a policy that is slower than its own grants last would be asked for
 * ever.
 */
final class RoomGrant {
    /** A policy that failed is not asked again for the same before. */
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    /** The pause grows to 16 times that in the background. */
    private static final int MOST_DOUBLINGS = 4;

    private static final double EARLIEST_RENEWAL = 0.5;
    private static final double LATEST_RENEWAL = 0.75;

    final RoomName room;

    private Grant grant;
    private long goodUntil;
    private long renewAt;
    /** Whether the grant is to be asked for anew although its time is not over. */
    private boolean stale;
    /** Whether the grant before had other permissions. */
    private boolean changed;

    private ParleyException failure;
    private long failedAt;
    private int failures;

    /** Whether a message waited for the latest outcome, and has not used it yet. */
    private boolean awaited;

    private CompletableFuture<Grant> question;
    /** When the first of the questions was asked, of which none was answered. */
    private long asked;
    /** Ends when there is an outcome; null where no message waits. */
    private CompletableFuture<Void> waiting;

    RoomGrant(RoomName room) {
        this.room = room;
    }

    /** Whether there is an outcome that a message can use. */
    boolean isUsable(long now) {
        return awaited || isGood(now) || failure != null && now - failedAt < PAUSE;
    }

    /**
     * The grant that holds for a message which is about to be handled. Only where {@link #isUsable}.
     *
     * @throws ParleyException with {@code unavailable} where the policy gave no answer
     */
    Grant use(long now) {
        boolean known = failure == null || isGood(now);
        awaited = false;
        if (!known) {
            throw failure;
        }
        return grant;
    }

    /** What is known, whether or not it is good; null where nothing is. */
    Grant known() {
        return grant;
    }

    /** Whether the grant is not stale, and its time is not over. */
    boolean isGood(long now) {
        return grant != null && !stale && now - goodUntil < 0;
    }

    /** Whether the policy gave no answer, and what it said before is too old. */
    boolean isLost(long now) {
        return failure != null && (grant == null || now - goodUntil >= 0);
    }

    /** Whether the policy is to be asked, so that there is a new grant before the time of this one is over. */
    boolean isDue(long now) {
        boolean pausing = failure != null && now - failedAt < PAUSE << Math.min(failures - 1, MOST_DOUBLINGS);
        return question == null && !pausing && (grant == null || stale || now - renewAt >= 0);
    }

    /** Whether the latest answer was another one than the one before. */
    boolean hasChanged() {
        return changed;
    }

    boolean isAsking() {
        return question != null;
    }

    /** Whether nobody would miss it: it can be asked for again. */
    boolean isForgettable() {
        return question == null && !awaited;
    }

    /** Since when the policy has been asked in vain. Only while {@link #isAsking}. */
    long askingFor(long now) {
        return now - asked;
    }

    /** What it was is not to be relied on any more. */
    void doubt() {
        stale = true;
    }

    /** The policy has been asked; an open question is cancelled. The time since the first one goes on. */
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

    /** Ends with the outcome of the open question. */
    CompletableFuture<Void> outcome() {
        if (waiting == null) {
            waiting = new CompletableFuture<>();
        }
        return waiting;
    }

    void answered(Grant answer, long now) {
        settled();
        changed = grant != null && !grant.permissions().equals(answer.permissions());
        grant = answer;
        stale = false;
        failure = null;
        failures = 0;
        long time = answer.timeToLive().toNanos();
        goodUntil = now + time;
        // Those who came together after a break do not ask together for ever.
        renewAt = now + (long) (time * ThreadLocalRandom.current().nextDouble(EARLIEST_RENEWAL, LATEST_RENEWAL));
    }

    /** @param now when it failed: the pause counts from here, however long the question was open */
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

    /** Lets the messages go on that wait for the outcome. */
    void goOn() {
        CompletableFuture<Void> waited = waiting;
        waiting = null;
        if (waited != null) {
            // They go on before this returns.
            waited.complete(null);
            awaited = false;
        }
    }

    /** Nobody needs an answer any more. */
    void end() {
        waiting = null;
        CompletableFuture<Grant> open = question;
        question = null;
        if (open != null) {
            open.cancel(false);
        }
    }

    /** The open question has been open for too long. */
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
