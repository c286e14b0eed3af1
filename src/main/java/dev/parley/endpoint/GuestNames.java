package dev.parley.endpoint;

import dev.parley.message.UserName;
import java.util.concurrent.ThreadLocalRandom;

/** Makes names for guests who asked for none, such as {@code guest-k3f9wz}. */
final class GuestNames {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 6;

    private GuestNames() {}

    static UserName next() {
        StringBuilder name = new StringBuilder("guest-");
        ThreadLocalRandom.current().ints(LENGTH, 0, LETTERS.length()).forEach(i -> name.append(LETTERS.charAt(i)));
        return new UserName(name.toString());
    }
}
