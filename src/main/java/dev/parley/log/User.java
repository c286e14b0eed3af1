package dev.parley.log;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.UserName;
import java.util.Objects;

/**
 * The sender of a message. The key identifies the user for ever; the name is what others see.
 *
 * @param key stored in the log, and never sent to a peer. The ids of messages are unique for each key, so two guests who have
 *     the same name one after the other do not share ids. {@code guest:…}, {@code user:…} or {@code bean:…}
 * @param id the same as kind and id; made once here, because every message needs it
 */
public record User(String key, CallerId id, UserName name) {
    public User {
        Objects.requireNonNull(name);
        if (!id.equals(idOf(key))) {
            throw new IllegalArgumentException("a key and an id of different users");
        }
    }

    /** @throws IllegalStateException as {@link #idOf} does */
    public User(String key, UserName name) {
        this(key, idOf(key), name);
    }

    /** The key of one of the application's own names. */
    public static String beanKey(UserName name) {
        return new CallerId(Caller.Kind.APPLICATION, name.value()).key();
    }

    /** The key of a signed-in user. @param id as in {@link Caller} */
    public static String userKey(String id) {
        return new CallerId(Caller.Kind.USER, id).key();
    }

    /**
     * The kind and the id that a key stands for.
     *
     * @throws IllegalStateException if the key is of no known kind
     * @throws dev.parley.message.ParleyException with {@code badRequest} if the id is not valid
     */
    public static CallerId idOf(String key) {
        return CallerId.ofKey(key);
    }

    /** Replaces the method of the record, as {@link #hashCode} does, for the reason of {@link CallerId#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof User user && key.equals(user.key) && name.equals(user.name);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + name.hashCode();
    }

    /** The same, as the application knows it. */
    public Caller caller() {
        return new Caller(id.kind(), id.id(), name);
    }
}
