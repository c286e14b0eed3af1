package dev.parley.identity;

import dev.parley.message.UserName;
import java.time.Instant;
import java.util.Objects;

/**
 * Who a peer is.
 *
 * @param key tells users apart for ever: {@code guest:…}, or {@code user:…} for a principal of the container and for the
 *     subject of a token: the same text is the same user, whoever vouches for it
 * @param name what others are to see; another user who has it already makes it {@code name-2}
 * @param until when the credentials end, or null where they do not
 */
public record Identity(String key, UserName name, Instant until) {
    public Identity {
        Objects.requireNonNull(key);
        Objects.requireNonNull(name);
        if (!key.startsWith("guest:") && !key.startsWith("user:")) {
            throw new IllegalArgumentException("the key of an identity must begin with guest: or user:");
        }
    }
}
