package dev.parley.app;

import dev.parley.log.User;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import dev.parley.room.NameRegister;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The names under which the application sends. Thread-safe. A name is claimed once, and never released. */
final class OwnNames {
    private static final int MOST = 10_000;

    private final NameRegister register;
    private final Map<UserName, User> names = new ConcurrentHashMap<>();

    OwnNames(NameRegister register) {
        this.register = register;
    }

    /**
     * The user with this name, which belongs to the application from now on. Another user may have it already: then the name of
     * the user has a number.
     *
     * @throws ParleyException with {@code unavailable} if the application has too many names
     */
    User user(UserName name) {
        if (!names.containsKey(name) && names.size() >= MOST) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the application has " + MOST + " names already");
        }
        return known(name);
    }

    /**
     * The user with a name that the application had before, perhaps before a restart. The number of names has no bound here: a
     * message that waits under the name must not wait for ever. After it, fewer new names are possible.
     */
    User known(UserName name) {
        return names.computeIfAbsent(name, this::claim);
    }

    private User claim(UserName name) {
        // The name of the application never changes, so this is called once.
        AtomicReference<User> named = new AtomicReference<>();
        register.claim(name, User.beanKey(name), named::set);
        return named.get();
    }
}
