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
 * The secret with which a client becomes the same user again: 128 random bits that nobody can guess, the user's name,
 * and the time of issue. {@link Sessions} converts it to a text that a client can't forge, and back. Immutable.
 *
 * <p>The hash of the random bits identifies a guest. A client that sends the secret again, to this process or to a
 * later one, is the same user, and messages that it sends again under their ids are not stored twice.
 *
 * @param id the random bits as 22 characters of base64url
 * @param name the name of the user, or null
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

    /** @param bits at least 128 bits that nobody can guess; only the first 128 are used */
    static SessionSecret of(byte[] bits, long now) {
        return new SessionSecret(text(Arrays.copyOf(bits, BYTES)), null, now);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Identifies this session without revealing its secret: the first half of the SHA-256 of the random bits. */
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

    /** Leaves out the random bits, which must not be written to a log. */
    @Override
    public String toString() {
        return "session " + fingerprint();
    }
}
