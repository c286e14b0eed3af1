package dev.parley.cli.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first 32 bytes of each text of a load: {@code @@}, the time at which it was due in nanoseconds, its sender, its
 * number among the messages of that sender, {@code @@}; the numbers are hexadecimal. Pure functions on bytes, because a
 * load generator that parses JSON would measure itself.
 */
final class Marker {
    static final int MAX_SENDERS = 1 << 16;
    static final int BYTES = 32;
    private static final int TIME = 2;
    private static final int SENDER = 18;
    private static final int NUMBER = 22;
    private static final int END = 30;
    private static final byte[] ERROR = "\"error\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    /** Receives what is in a frame. */
    interface Sink {
        /**
         * @param seq the {@code seq} of the entry
         * @param due the time at which it was due to be sent, in nanoseconds
         * @param number its number among the messages of its sender, from 0
         */
        void entry(long seq, long due, int sender, int number);

        /** An {@code error} message. */
        void error();
    }

    private Marker() {}

    static void write(byte[] to, int at, long due, int sender, int number) {
        to[at] = to[at + 1] = '@';
        hex(to, at + TIME, due, 16);
        hex(to, at + SENDER, sender, 4);
        hex(to, at + NUMBER, number, 8);
        to[at + END] = to[at + END + 1] = '@';
    }

    private static void hex(byte[] to, int at, long value, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            to[at + i] = DIGITS[(int) (value & 0xF)];
            value >>>= 4;
        }
    }

    /**
     * Finds the entries and the errors of one frame, in their order.
     *
     * @param size the size of each text at least
     */
    static void scan(byte[] frame, int from, int to, int size, Sink sink) {
        long seq = -1;
        for (int i = from; i < to - 6; i++) {
            byte b = frame[i];
            if (b == '"' && frame[i + 1] == 's' && frame[i + 2] == 'e' && frame[i + 3] == 'q' && frame[i + 4] == '"') {
                seq = 0;
                i += 6;
                for (; i < to && frame[i] >= '0' && frame[i] <= '9'; i++) {
                    seq = 10 * seq + frame[i] - '0';
                }
            } else if (b == '"' && isError(frame, i)) {
                sink.error();
                i += ERROR.length - 1;
            } else if (b == '@' && frame[i + 1] == '@' && i + BYTES <= to && frame[i + END] == '@') {
                sink.entry(seq, number(frame, i + TIME, 16), (int) number(frame, i + SENDER, 4), (int)
                        number(frame, i + NUMBER, 8));
                // The next entry of a run has the next number, and does not say it.
                seq++;
                i += size - 1;
            }
        }
    }

    /** In a text, the quotes would have a backslash before them. */
    private static boolean isError(byte[] frame, int at) {
        return frame[at + 2] == 'r' && Arrays.equals(frame, at, at + ERROR.length, ERROR, 0, ERROR.length);
    }

    private static long number(byte[] from, int at, int digits) {
        long number = 0;
        for (int i = at; i < at + digits; i++) {
            byte b = from[i];
            number = number << 4 | (b <= '9' ? b - '0' : b - 'a' + 10);
        }
        return number;
    }
}
