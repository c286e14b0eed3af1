package dev.parley.room;

import dev.parley.log.User;
import dev.parley.message.UserName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The names of the users that are online. No two users have names that look alike, or that differ only in upper and lower
 * case (UTS 39 section 4). Thread-safe.
 */
public final class NameRegister {
    private static final int TRIES_IN_ORDER = 100;
    private static final int MANY = 1_000_000;

    private final LongSupplier clock;
    /** The user of each name, under each {@link Skeleton} of the name. */
    private final Map<String, Holder> holders = new HashMap<>();

    private final HeldNames held = new HeldNames();

    private static final class Holder {
        final String key;
        int count;

        Holder(String key) {
            this.key = key;
        }
    }

    public NameRegister() {
        this(System::nanoTime);
    }

    /** @param clock as {@link System#nanoTime} */
    NameRegister(LongSupplier clock) {
        this.clock = clock;
        // Reads the file now, so that no container thread has to wait for it later.
        Confusables.of('a');
    }

    /**
     * Gives a user a name until it is released. If another user has a similar name, or had one until a moment ago, the result
     * is the wanted name with a number ({@code ann-2}). A user may claim a name several times, and releases it as often.
     */
    public User claim(UserName wanted, String key) {
        UserName name = wanted;
        for (int number = 2; !take(Skeleton.of(name), key); number++) {
            // If hundreds of users want one name, trying all numbers would be slow.
            boolean crowded = number > TRIES_IN_ORDER;
            name = wanted.numbered(crowded ? ThreadLocalRandom.current().nextInt(TRIES_IN_ORDER, MANY) : number);
        }
        return new User(key, name);
    }

    /** The user has gone, and its name is free. */
    public void release(User user) {
        giveBack(user, skeleton -> {});
    }

    /**
     * The user has lost its connection. For two minutes no other user gets its name, unless too many names are held.
     *
     * @param network the network of the user; empty if it is unknown. One network can't hold all names
     */
    public void hold(User user, String network) {
        giveBack(user, skeleton -> held.add(skeleton, user.key(), network, clock.getAsLong()));
    }

    private void giveBack(User user, Consumer<String> freed) {
        Set<String> skeletons = Skeleton.of(user.name());
        synchronized (this) {
            for (String skeleton : skeletons) {
                Holder holder = holders.get(skeleton);
                if (holder != null && holder.key.equals(user.key()) && --holder.count == 0) {
                    holders.remove(skeleton);
                    freed.accept(skeleton);
                }
            }
        }
    }

    private synchronized boolean take(Set<String> skeletons, String key) {
        long now = clock.getAsLong();
        for (String skeleton : skeletons) {
            Holder holder = holders.get(skeleton);
            if (holder != null && !holder.key.equals(key) || held.isHeldFrom(key, skeleton, now)) {
                return false;
            }
        }
        for (String skeleton : skeletons) {
            held.remove(skeleton);
            holders.computeIfAbsent(skeleton, free -> new Holder(key)).count++;
        }
        return true;
    }
}
