package dev.parley.room;

import dev.parley.message.UserName;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Who is online, and under which name. Thread-safe. */
public final class Roster {
    private static final int TRIES_IN_ORDER = 100;
    private static final int MANY = 1_000_000;

    private final Map<UserName, Holder> holders = new HashMap<>();

    private static final class Holder {
        final String key;
        int count;

        Holder(String key) {
            this.key = key;
        }
    }

    /**
     * Gives a user a name for as long as it is online: the wanted one or, where another user has that, the wanted one
     * with a number ({@code ann-2}). The same user may claim a name several times, and releases it as often.
     */
    public synchronized User claim(UserName wanted, String key) {
        UserName name = wanted;
        for (int number = 2; !take(name, key); number++) {
            // Where hundreds want one name, walking past all of them each time would be slow.
            boolean crowded = number > TRIES_IN_ORDER;
            name = wanted.numbered(crowded ? ThreadLocalRandom.current().nextInt(TRIES_IN_ORDER, MANY) : number);
        }
        return new User(key, name);
    }

    public synchronized void release(User user) {
        Holder holder = holders.get(user.name());
        if (holder != null && holder.key.equals(user.key()) && --holder.count == 0) {
            holders.remove(user.name());
        }
    }

    private boolean take(UserName name, String key) {
        Holder holder = holders.computeIfAbsent(name, free -> new Holder(key));
        if (!holder.key.equals(key)) {
            return false;
        }
        holder.count++;
        return true;
    }
}
