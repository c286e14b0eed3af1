package dev.parley.security;

import dev.parley.message.UserName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * What lets a client be the same user again: 128 bits that nobody can guess, the name that the user had, and the time of
 * issue. {@link Sessions} turns it into a text that a client can't forge, and back. Immutable.
 *
 * <p>A guest <em>is</em> the hash of the random bits: a client that shows them again, to this process or to one started
 * later, is the same user, and messages sent again under their ids stay what they were.
 *
 * @param id the bits: 22 characters of base64url
 * @param name the name that goes with it, or null
 * @param issued when the text was issued, in milliseconds since 1970
 */
public record SessionSecret(String id, UserName name, long issued) {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    public SessionSecret {
        Objects.requireNonNull(id);
    }

    static SessionSecret create(long now) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionSecret(text(bytes), null, now);
    }

    /** @param bits at least 128 that nobody can guess; the first 128 count */
    static SessionSecret of(byte[] bits, long now) {
        return new SessionSecret(text(Arrays.copyOf(bits, BYTES)), null, now);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What tells this session from others and yet doesn't give it away: half of its SHA-256. */
    public String fingerprint() {
        return text(hash());
    }

    /** The 16 bytes of the {@link #fingerprint}. */
    public byte[] hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(hash, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Without the random bits, which must not get into a log. */
    @Override
    public String toString() {
        return "session " + fingerprint();
    }
}
