package dev.parley.log.durable;

import java.util.concurrent.TimeUnit;

/**
 * Says when the next step of a round is due, so that a sweep takes little of the writer's time and the file stays bounded. Times are those of
 * {@link System#nanoTime}. For one thread.
 *
 * <pre>
 *   a step takes t ──▶ the writer has waited for t in sum, or 49 t have passed ──▶ step
 *                └───▶ it presses: after the next batch ───────────────────────▶ step
 * </pre>
 *
 * <p>So a sweep takes a fiftieth of the time of a busy writer, and half of the time that a writer has left. It presses while the log has grown
 * too much, and while a round takes too long.
 *
 * <p>The growth is what was appended minus what was deleted. After a round it is at most what was appended since the round began: the round has
 * deleted all that was past a bound before. So a log has at most what its rules allow, the growth, and before its first round what was there at the start.
 */
final class SweepPace {
    /** The growth from which on it presses, in entries: of short texts with ids, some 200 MB of the file. */
    static final long MOST_ENTRIES = 1_000_000;
    /** The same in bytes of texts and files. */
    static final long MOST_BYTES = 256_000_000;

    private static final long LONG_ROUND = TimeUnit.MINUTES.toNanos(1);
    private static final int PAUSES = 49;

    private final long mostEntries;
    private final long mostBytes;
    /** The growth. */
    private long entries;

    private long bytes;
    /** What was appended since the round began. */
    private long entriesOfRound;

    private long bytesOfRound;
    private long roundBegun;
    private long due;
    /** How long the writer must still wait, in sum, for the next step to be due early. */
    private long toWait;

    SweepPace(long mostEntries, long mostBytes) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    void appended(long moreEntries, long moreBytes) {
        entries += moreEntries;
        bytes += moreBytes;
        entriesOfRound += moreEntries;
        bytesOfRound += moreBytes;
    }

    /** The writer had nothing to write for this long. */
    void waited(long nanos) {
        toWait -= nanos;
    }

    void roundBegins(long now) {
        entriesOfRound = 0;
        bytesOfRound = 0;
        roundBegun = now;
    }

    void stepped(Swept swept, long begun, long now) {
        entries = Math.max(0, entries - swept.deleted());
        bytes = Math.max(0, bytes - swept.bytes());
        toWait = now - begun;
        due = now + PAUSES * (now - begun);
    }

    /** The round has visited all rooms. */
    void roundEnded() {
        entries = Math.min(entries, entriesOfRound);
        bytes = Math.min(bytes, bytesOfRound);
    }

    /** Whether the log has grown too much. */
    boolean isOver() {
        return entries > mostEntries || bytes > mostBytes;
    }

    /** Whether the round that goes on takes what time it needs. */
    boolean presses(long now) {
        return isOver() || now - roundBegun > LONG_ROUND;
    }

    /** The time until the next step of the round is due if the writer waits; 0 or less if it is due. */
    long untilDue(long now) {
        return presses(now) ? 0 : Math.min(due - now, toWait);
    }
}
