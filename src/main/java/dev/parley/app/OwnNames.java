package dev.parley.app;

import dev.parley.log.User;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import dev.parley.room.NameRegister;
import dev.parley.transaction.Senders;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The names under which the application sends: its own, and those of users for whom it speaks. Thread-safe. A name of its own is claimed
 * once, and never released.
 */
final class OwnNames implements Senders {
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

    @Override
    public User application(UserName name) {
        return known(name);
    }

    /**
     * A signed-in user as the sender of a message. The name becomes reserved, as when the user connects. Nothing stays claimed: the user
     * may never come.
     *
     * @param wanted becomes {@code name-2} if another user has the name now
     */
    @Override
    public User signedIn(CallerId user, UserName wanted) {
        AtomicReference<User> named = new AtomicReference<>();
        // The same user may be connected under this name, or may have lost its connection a moment ago: then it keeps
        // the name.
        register.hold(register.claim(wanted, user.key(), named::set), "");
        return named.get();
    }

    /**
     * The user with a name that the application had before, perhaps before a restart. The number of names has no bound here: a
     * message that waits under the name must not wait for ever. After it, fewer new names are possible.
     */
    private User known(UserName name) {
        return names.computeIfAbsent(name, this::claim);
    }

    private User claim(UserName name) {
        // The name of the application never changes, so this is called once.
        AtomicReference<User> named = new AtomicReference<>();
        register.claim(name, User.beanKey(name), named::set);
        return named.get();
    }
}
