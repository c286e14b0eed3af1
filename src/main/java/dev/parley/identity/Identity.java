package dev.parley.identity;

import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.TokenRooms;
import dev.parley.message.UserName;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * The identity of an authenticated peer or a guest.
 *
 * @param key identifies the user for ever: {@code guest:…} or {@code user:…}. A principal of the container and a token with the
 *     same subject have the same key, and are the same user
 * @param name the name for others to see. If another user has it already, it becomes {@code name-2}
 * @param roles the roles of the user
 * @param rooms the claim of the token about rooms; or null
 * @param until when the credentials expire; null if they do not
 */
public record Identity(String key, UserName name, Set<String> roles, TokenRooms rooms, Instant until) {
    public Identity {
        Objects.requireNonNull(key);
        Objects.requireNonNull(name);
        roles = Set.copyOf(roles);
        if (!key.startsWith("guest:") && !key.startsWith("user:")) {
            throw new IllegalArgumentException("the key of an identity must begin with guest: or user:");
        }
    }

    /**
     * The identity of an authenticated user.
     *
     * @param what the place of the id, as the beginning of a sentence
     * @param id identifies the user for ever, within the bounds of {@link CallerId}
     * @throws ParleyException with {@code unauthorized} if this is not a valid id
     */
    public static Identity ofUser(
            String what, String id, UserName name, Set<String> roles, TokenRooms rooms, Instant until) {
        if (!CallerId.isValid(id)) {
            throw new ParleyException(ErrorCode.UNAUTHORIZED, what + " " + CallerId.RULES);
        }
        return new Identity("user:" + id, name, roles, rooms, until);
    }

    /** An identity without roles, that ends with its connection. */
    public Identity(String key, UserName name) {
        this(key, name, Set.of(), null, null);
    }
}
