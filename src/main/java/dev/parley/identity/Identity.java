package dev.parley.identity;

import dev.parley.message.UserName;
import java.time.Instant;
import java.util.Objects;

/**
 * Who a peer is.
 *
 * @param key tells users apart for ever, as that of {@link dev.parley.log.User}: {@code user:…} or {@code guest:…}
 * @param name what others are to see; another user who has it already makes it {@code name-2}
 * @param until when the credentials end, or null where they do not
 */
public record Identity(String key, UserName name, Instant until) {
    public Identity {
        Objects.requireNonNull(key);
        Objects.requireNonNull(name);
    }

    /**
     * Somebody whom a container or a token vouches for.
     *
     * @param id never another one's
     * @param shown what others are to see; made a name where it is none
     */
    public static Identity ofUser(String id, String shown, Instant until) {
        return new Identity("user:" + id, UserName.near(shown), until);
    }
}
