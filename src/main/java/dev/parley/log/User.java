package dev.parley.log;

import dev.parley.message.Caller;
import dev.parley.message.UserName;
import java.util.Objects;

/**
 * The sender of a message. The key identifies the user for ever; the name is what others see.
 *
 * @param key never sent to a peer. The ids of messages are unique for each key, so two guests who have the same name
 *     one after the other do not share ids. {@code guest:…}, {@code user:…} or {@code bean:…}
 */
public record User(String key, UserName name) {
    private static final String GUEST = "guest:";
    private static final String USER = "user:";
    private static final String BEAN = "bean:";

    public User {
        Objects.requireNonNull(key);
        Objects.requireNonNull(name);
    }

    /** The key of one of the application's own names. */
    public static String beanKey(UserName name) {
        return BEAN + name;
    }

    /** The same, as the application knows it. */
    public Caller caller() {
        if (key.startsWith(USER)) {
            return new Caller(Caller.Kind.USER, key.substring(USER.length()), name);
        }
        if (key.startsWith(GUEST)) {
            return new Caller(Caller.Kind.GUEST, key.substring(GUEST.length()), name);
        }
        if (key.startsWith(BEAN)) {
            return new Caller(Caller.Kind.APPLICATION, key.substring(BEAN.length()), name);
        }
        throw new IllegalStateException("nobody vouches for this kind of user");
    }
}
