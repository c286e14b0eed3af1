package dev.parley.endpoint;

import dev.parley.admission.QuotaLimits;
import dev.parley.message.Limits;
import java.time.Duration;
import java.util.Objects;

/**
 * The limits and times of every connection. Immutable, thread-safe.
 *
 * @param burst the number of messages that may come at once, before {@link Limits#rate} applies
 * @param bytes the bytes a second that one user may send in the long run
 * @param bytesOfAddress the bytes a second that may come from one address in the long run
 * @param quotas how many files users may send, and how many rooms they may make or be in
 * @param heartbeat the interval in which either side sends at least one frame
 * @param draftTimeout the time that a {@link DraftReview} may take
 * @param drain the time that {@link Connections#drain} may take
 */
public record Rules(
        Limits limits,
        int burst,
        int bytes,
        int bytesOfAddress,
        QuotaLimits quotas,
        Duration heartbeat,
        Duration draftTimeout,
        Duration drain) {
    private static final int PAGE_BYTES = 256 << 10;

    public Rules {
        Objects.requireNonNull(limits);
        Objects.requireNonNull(quotas);
        Objects.requireNonNull(heartbeat);
        Objects.requireNonNull(draftTimeout);
        Objects.requireNonNull(drain);
    }

    /** The largest page in bytes: 256 KiB, or one larger entry. An attachment in a page is Base64. */
    long largestPage() {
        return Math.max(PAGE_BYTES, Math.max(limits.text(), limits.binary())) / 3L * 4;
    }
}
