package dev.parley.endpoint;

import dev.parley.message.UserName;
import dev.parley.security.SessionSecret;

/** Makes names for guests who asked for none, such as {@code guest-k3f9wz}. */
final class GuestNames {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 6;

    private GuestNames() {}

    /** The same name for the same session: a guest that is cut off before its first welcome can come back under it. */
    static UserName of(SessionSecret session) {
        StringBuilder name = new StringBuilder("guest-");
        byte[] hash = session.hash();
        for (int i = 0; i < LENGTH; i++) {
            name.append(LETTERS.charAt(Math.floorMod(hash[i], LETTERS.length())));
        }
        return new UserName(name.toString());
    }
}
