package dev.parley.log;

import dev.parley.message.UserName;
import java.util.Objects;

/**
 * The sender of a message. The key identifies the user for ever; the name is what others see.
 *
 * @param key never sent to a peer. The ids of messages are unique for each key, so two guests who have the same name
 *     one after the other do not share ids. {@code guest:…}, {@code user:…}, {@code token:…} or {@code bean:…}
 */
public record User(String key, UserName name) {
    public User {
        Objects.requireNonNull(key);
        Objects.requireNonNull(name);
    }
}
