package dev.parley.cli.load;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** The counters of a run. For one thread. */
final class Tally {
    private static final long MOST = 3_600_000_000_000L;

    private final Sequence[] heard;
    private final LoadPlan plan;
    private final int[] lastOfSender;
    private final Histogram latency = new Histogram(MOST, 3);
    private boolean counting;
    private long sentInAll;
    private long rejectedInAll;
    private long sent;
    private long rejected;
    private long skipped;
    private long delivered;
    private long disordered;

    Tally(LoadPlan plan) {
        this.plan = plan;
        heard = new Sequence[plan.connections()];
        lastOfSender = new int[plan.senders()];
        Arrays.fill(lastOfSender, -1);
    }

    void joined(int connection, long last) {
        heard[connection] = new Sequence(last);
    }

    /** From now on, sent and received messages are counted. */
    void count() {
        counting = true;
    }

    void stop() {
        counting = false;
    }

    /** A message was sent. */
    void said() {
        sentInAll++;
        if (counting) {
            sent++;
        }
    }

    /** The server has answered a message with an error. */
    void rejected() {
        rejectedInAll++;
        if (counting) {
            rejected++;
        }
    }

    /** A message was due and was not sent. */
    void skipped() {
        if (counting) {
            skipped++;
        }
    }

    void heard(int connection, long seq, long due, int sender, int number, long now) {
        heard[connection].heard(seq);
        if (connection == plan.roomOf(sender)) {
            // Checks the senders' order on the first connection of each room only: on the others it is the same, or
            // their {@code seq} shows the difference.
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

    /** Whether all connections have received all messages that were sent and not rejected. */
    boolean isComplete() {
        return neverHeard() == 0 && lost() == 0;
    }

    /** For each room, the newest {@code seq} that any of its connections received. */
    private long[] newest() {
        long[] newest = new long[plan.rooms()];
        for (int i = 0; i < heard.length; i++) {
            newest[plan.roomOf(i)] = Math.max(newest[plan.roomOf(i)], heard[i].last());
        }
        return newest;
    }

    /**
     * The number of entries that some connection of a room received and others did not, counted once for each of the
     * others.
     */
    long lost() {
        long[] newest = newest();
        long lost = 0;
        for (int i = 0; i < heard.length; i++) {
            lost += heard[i].lost(newest[plan.roomOf(i)]);
        }
        return lost;
    }

    /**
     * The number of messages that the server did not reject and that no connection received. The rooms are new, and
     * nobody else sends to them: each room has as many entries as its newest {@code seq} says.
     */
    long neverHeard() {
        long[] newest = newest();
        long entries = 0;
        for (int room = 0; room < newest.length; room++) {
            entries += newest[room] - heard[room].first();
        }
        return Math.max(0, sentInAll - rejectedInAll - entries);
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

    long rejections() {
        return rejected;
    }

    long skips() {
        return skipped;
    }

    long delivered() {
        return delivered;
    }

    Histogram latency() {
        return latency;
    }
}
