package dev.parley.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.LongConsumer;

/**
 * Finds the numbers behind a mark in a stream of bytes, without making anything of the rest. Not thread-safe.
 *
 * <p>The mark must have its first byte nowhere else but, perhaps, at places where no mark can begin.
 */
final class Scan {
    private final byte[] mark;
    private final LongConsumer found;
    private int matched;
    private long number = -1;

    /** @param mark such as {@code "seq":} with the quotes */
    Scan(String mark, LongConsumer found) {
        this.mark = mark.getBytes(US_ASCII);
        this.found = found;
    }

    void next(byte b) {
        if (matched < mark.length) {
            matched = b == mark[matched] ? matched + 1 : b == mark[0] ? 1 : 0;
            return;
        }
        if (b >= '0' && b <= '9') {
            number = Math.max(number, 0) * 10 + b - '0';
            return;
        }
        if (number >= 0) {
            found.accept(number);
        }
        number = -1;
        matched = b == mark[0] ? 1 : 0;
    }
}
