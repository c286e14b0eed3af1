package dev.parley.security;

import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What lets a client be the same user again: 128 random bits, and behind them the name that it had.
 *
 * <p>The server keeps no table of them. A guest <em>is</em> the hash of the secret: whoever shows it again, to this
 * process or to one started later, is the same user, and messages sent again under their ids stay what they were.
 *
 * @param secret 22 characters of base64url
 * @param name the name that goes with it, or null
 */
public record SessionSecret(String secret, UserName name) {
    private static final int BYTES = 16;
    private static final int LENGTH = 22;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public static SessionSecret create() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), null);
    }

    /** Reads what {@link #toString} wrote; empty for anything else, which is then nobody's session. */
    public static Optional<SessionSecret> parse(String text) {
        if (text == null || text.length() < LENGTH) {
            return Optional.empty();
        }
        String secret = text.substring(0, LENGTH);
        String rest = text.substring(LENGTH);
        if (!FORM.matcher(secret).matches() || !rest.isEmpty() && rest.charAt(0) != '.') {
            return Optional.empty();
        }
        try {
            return Optional.of(new SessionSecret(secret, rest.isEmpty() ? null : new UserName(rest.substring(1))));
        } catch (ParleyException noName) {
            return Optional.empty();
        }
    }

    public SessionSecret withName(UserName name) {
        return new SessionSecret(secret, name);
    }

    /** What tells this session from others and yet doesn't give it away: half of its SHA-256. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return name == null ? secret : secret + "." + name;
    }
}
