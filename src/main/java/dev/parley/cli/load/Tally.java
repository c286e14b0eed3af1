package dev.parley.cli.load;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** The counters of a run. For one thread. */
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

    /** From now on, sent and received messages are counted. */
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

    /** The number of messages that were sent, counted or not. */
    long said() {
        return Arrays.stream(said).sum();
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

    /** Whether all connections have received all messages that were sent. */
    boolean isComplete() {
        return neverHeard() == 0 && lost() == 0;
    }

    /**
     * For each sender, the number of the last message that the first connection of the room received, plus one; added
     * up.
     */
    private long sentUpToLastReceived() {
        return Arrays.stream(lastOfSender).mapToLong(last -> last + 1L).sum();
    }

    /**
     * The number of entries that some connection of a room received and others did not, counted once for each of the
     * others.
     */
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

    /**
     * The number of messages that were sent after the last one of their sender that the first connection of the room
     * received.
     */
    long neverHeard() {
        return said() - sentUpToLastReceived();
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
