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
 * Who is online, and under which name. No two users have names that look alike or differ only in upper and lower case
 * (UTS 39 section 4). Thread-safe.
 */
public final class NameRegister {
    private static final int TRIES_IN_ORDER = 100;
    private static final int MANY = 1_000_000;

    private final LongSupplier clock;
    /** Who has a name, by each {@link Skeleton} of that. */
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
        // Read from its file now: a container's thread does not wait for it later.
        Confusables.of('a');
    }

    /**
     * Gives a user a name for as long as it is online: the wanted one or, where another user has one that is like it or
     * had it until a moment ago, the wanted one with a number ({@code ann-2}). The same user may claim a name several
     * times, and releases it as often.
     */
    public User claim(UserName wanted, String key) {
        UserName name = wanted;
        for (int number = 2; !take(Skeleton.of(name), key); number++) {
            // Where hundreds want one name, walking past all of them each time would be slow.
            boolean crowded = number > TRIES_IN_ORDER;
            name = wanted.numbered(crowded ? ThreadLocalRandom.current().nextInt(TRIES_IN_ORDER, MANY) : number);
        }
        return new User(key, name);
    }

    /** The user goes: its name is free for everyone. */
    public void release(User user) {
        giveBack(user, skeleton -> {});
    }

    /**
     * The user has lost its connection: for two minutes nobody else gets its name, unless very many are held.
     *
     * @param network from which it came, so that one network does not hold all names; an empty text where that isn't
     *     known
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
