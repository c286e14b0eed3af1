package dev.parley.client;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes random texts that are unique and that nobody can guess. Thread-safe. */
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** @param bytes the number of random bytes; each three become four characters of base64url (RFC 4648 section 5) */
    static String of(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
