package dev.parley.endpoint;

import dev.parley.message.Limits;
import java.time.Duration;
import java.util.Objects;

/**
 * What holds for every connection.
 *
 * @param burst how many messages may come at once, before {@link Limits#rate} counts
 * @param bytes how many bytes a second one user may send in the long run
 * @param bytesOfAddress how many bytes a second may come from one address in the long run
 * @param heartbeat how often either side gives a sign of life
 * @param drain how long a shutdown may take to say good-bye
 */
public record Rules(Limits limits, int burst, int bytes, int bytesOfAddress, Duration heartbeat, Duration drain) {
    private static final int PAGE_BYTES = 256 << 10;

    public Rules {
        Objects.requireNonNull(limits);
        Objects.requireNonNull(heartbeat);
        Objects.requireNonNull(drain);
    }

    /** In bytes: a page has 256 KiB, or one entry that is larger; an attachment in it is Base64. */
    long largestPage() {
        return Math.max(PAGE_BYTES, Math.max(limits.text(), limits.binary())) / 3L * 4;
    }
}
