package dev.parley.room;

import dev.parley.log.User;
import dev.parley.message.CallerId;
import dev.parley.message.UserName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The names of the users that are online. No two users have names that look alike, or that differ only in upper and lower
 * case (UTS 39 section 4). Signed-in users and the application go before guests: no guest gets a name that one of them has or
 * ever had, and a guest that has such a name gets another one at once. Thread-safe.
 */
public final class NameRegister {
    private static final int TRIES_IN_ORDER = 100;
    private static final int MANY = 1_000_000;

    private final ReservedNames reserved = new ReservedNames();
    private final Consumer<User> keep;
    private final LongSupplier clock;
    /** The holder of each name, under each {@link Skeleton} of the name. */
    private final Map<String, Holder> holders = new HashMap<>();

    private final HeldNames held = new HeldNames();

    /** A user, with all of its claims whose names have one skeleton. */
    private static final class Holder {
        final CallerId id;
        final List<Claim> claims = new ArrayList<>(1);

        Holder(CallerId id) {
            this.id = id;
        }
    }

    /** A name that a user has until it is released. If the user is a guest, the name may change. */
    public static final class Claim {
        private final UserName wanted;
        private final String key;
        private final CallerId id;
        private final Consumer<User> named;
        /** Guarded by the register. */
        private User user;

        private Claim(UserName wanted, String key, Consumer<User> named) {
            this.wanted = wanted;
            this.key = key;
            this.id = User.idOf(key);
            this.named = named;
        }
    }

    /** @param keep called with each user whose name becomes reserved, on the thread that claims it; it must not wait */
    public NameRegister(Consumer<User> keep) {
        this(keep, System::nanoTime);
    }

    /** @param clock as {@link System#nanoTime} */
    NameRegister(Consumer<User> keep, LongSupplier clock) {
        this.keep = keep;
        this.clock = clock;
        // Reads the file now, so that no container thread has to wait for it later.
        Confusables.of('a');
    }

    /**
     * Gives a user a name until it is released. If another user has a similar name, or had one until a moment ago, the result
     * is the wanted name with a number ({@code ann-2}). A user that is no guest also gets a name that a guest has: then the
     * guest gets another name. A user may claim a name several times, and releases it as often.
     *
     * @param named called with the user and its name: before this method returns, and again each time that the guest gets
     *     another name, on the thread of the user that took its name. Called in this order and under the lock of the register,
     *     so it must not wait and must not call the register
     */
    public Claim claim(UserName wanted, String key, Consumer<User> named) {
        Claim claim = new Claim(wanted, key, named);
        int tries = takeFirstFree(claim);
        // A name with a random number is not reserved: a crowd of users with one name would reserve others at each
        // visit.
        if (!claim.id.isGuest() && tries <= TRIES_IN_ORDER) {
            User user = claim.user;
            if (reserve(user.name())) {
                keep.accept(user);
            }
        }
        return claim;
    }

    /** Takes the wanted name, or else the first free one with a number. @return how many names it has tried */
    private int takeFirstFree(Claim claim) {
        UserName name = claim.wanted;
        int tries = 1;
        while (!take(claim, name, Skeleton.of(name))) {
            tries++;
            // If hundreds of users want one name, trying all numbers would be slow.
            boolean crowded = tries > TRIES_IN_ORDER;
            int number = crowded ? ThreadLocalRandom.current().nextInt(TRIES_IN_ORDER, MANY) : tries;
            name = claim.wanted.numbered(number);
        }
        return tries;
    }

    /** From now on, no guest gets this name. @return whether that is new */
    public synchronized boolean reserve(UserName name) {
        return reserved.add(name);
    }

    /** The user has gone, and its name is free. */
    public synchronized void release(Claim claim) {
        remove(claim, skeleton -> {});
    }

    /**
     * The user has lost its connection. For two minutes no other user gets its name, unless too many names are held. If it is a
     * guest, this holds the name only from other guests.
     *
     * @param network the network of the user; empty if it is unknown. One network can't hold all names
     */
    public synchronized void hold(Claim claim, String network) {
        remove(claim, skeleton -> held.add(skeleton, claim.key, network, clock.getAsLong()));
    }

    private void remove(Claim claim, Consumer<String> freed) {
        for (String skeleton : Skeleton.of(claim.user.name())) {
            Holder holder = holders.get(skeleton);
            if (holder != null && holder.claims.remove(claim) && holder.claims.isEmpty()) {
                holders.remove(skeleton);
                freed.accept(skeleton);
            }
        }
    }

    private synchronized boolean take(Claim claim, UserName name, Set<String> skeletons) {
        long now = clock.getAsLong();
        Set<Claim> displaced = new LinkedHashSet<>();
        for (String skeleton : skeletons) {
            Holder holder = holders.get(skeleton);
            if (claim.id.isGuest() && reserved.contains(skeleton) || isHeld(skeleton, claim, now)) {
                return false;
            }
            if (holder != null && !holder.id.equals(claim.id)) {
                if (claim.id.isGuest() || !holder.id.isGuest()) {
                    return false;
                }
                displaced.addAll(holder.claims);
            }
        }
        displaced.forEach(guest -> remove(guest, skeleton -> {}));
        for (String skeleton : skeletons) {
            held.remove(skeleton);
            holders.computeIfAbsent(skeleton, free -> new Holder(claim.id))
                    .claims
                    .add(claim);
        }
        claim.user = new User(claim.key, claim.id, name);
        claim.named.accept(claim.user);
        displaced.forEach(this::takeFirstFree);
        return true;
    }

    private boolean isHeld(String skeleton, Claim claim, long now) {
        return claim.id.isGuest()
                ? held.isHeldFrom(claim.key, skeleton, now)
                : held.isHeldByUserFrom(claim.key, skeleton, now);
    }
}
