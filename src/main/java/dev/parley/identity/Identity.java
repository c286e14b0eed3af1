package dev.parley.identity;

import dev.parley.message.UserName;
import java.time.Instant;
import java.util.Objects;

/**
 * The identity of an authenticated peer or a guest.
 *
 * @param key identifies the user for ever: {@code guest:…} or {@code user:…}. A principal of the container and a token with the
 *     same subject have the same key, and are the same user
 * @param name the name for others to see. If another user has it already, it becomes {@code name-2}
 * @param until when the credentials expire; null if they do not
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
