package dev.parley.log;

import dev.parley.message.UserName;
import java.util.Objects;

/**
 * Who says something: the key tells users apart for ever, the name is what others see.
 *
 * @param key never shown to anyone; messages are kept from being stored twice by it, so a name that passes from one
 *     guest to another mixes nothing up. {@code guest:…}, {@code user:…} or {@code bean:…}
 */
public record User(String key, UserName name) {
    public User {
        Objects.requireNonNull(key);
        Objects.requireNonNull(name);
    }
}
