package dev.parley.cli.load;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** What is counted in a run. For one thread. */
final class Tally {
    private static final long MOST = 3_600_000_000_000L;

    private final Sequence[] heard;
    private final LoadPlan plan;
    private final long[] said;
    private final int[] lastOfSender;
    private final Histogram latency = new Histogram(MOST, 3);
    private boolean counting;
    private long sent;
    private long delivered;
    private long disordered;

    Tally(LoadPlan plan) {
        this.plan = plan;
        heard = new Sequence[plan.connections()];
        said = new long[plan.senders()];
        lastOfSender = new int[plan.senders()];
        Arrays.fill(lastOfSender, -1);
    }

    void joined(int connection, long last) {
        heard[connection] = new Sequence(last);
    }

    /** From now on, what is said and heard counts. */
    void count() {
        counting = true;
    }

    void stop() {
        counting = false;
    }

    void said(int sender) {
        said[sender]++;
        if (counting) {
            sent++;
        }
    }

    /** How many messages were said, counted or not. */
    long said() {
        return Arrays.stream(said).sum();
    }

    void heard(int connection, long seq, long due, int sender, int number, long now) {
        heard[connection].heard(seq);
        if (connection == plan.roomOf(sender)) {
            // The first connection of a room stands for all: their order is the same, or shows in the numbers.
            if (number <= lastOfSender[sender]) {
                disordered++;
            }
            lastOfSender[sender] = number;
        }
        if (counting) {
            delivered++;
            latency.recordValue(Math.min(MOST, Math.max(0, now - due)));
        }
    }

    /** Whether everyone has heard what anyone said. */
    boolean isComplete() {
        return neverHeard() == 0 && lost() == 0;
    }

    /** The messages that one connection of each room has heard. */
    private long saidAndHeard() {
        return Arrays.stream(lastOfSender).mapToLong(last -> last + 1L).sum();
    }

    /** How many entries somebody in a room has heard and others have not, each counted for each of those. */
    long lost() {
        long[] newest = new long[plan.rooms()];
        for (int i = 0; i < heard.length; i++) {
            newest[plan.roomOf(i)] = Math.max(newest[plan.roomOf(i)], heard[i].last());
        }
        long lost = 0;
        for (int i = 0; i < heard.length; i++) {
            lost += heard[i].lost(newest[plan.roomOf(i)]);
        }
        return lost;
    }

    /** How many messages were said, and not even the first connection of the room has heard them. */
    long neverHeard() {
        return said() - saidAndHeard();
    }

    long doubled() {
        return Arrays.stream(heard).mapToLong(Sequence::doubled).sum();
    }

    long reordered() {
        return disordered + Arrays.stream(heard).mapToLong(Sequence::reordered).sum();
    }

    long sent() {
        return sent;
    }

    long delivered() {
        return delivered;
    }

    Histogram latency() {
        return latency;
    }
}
