package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.ParleyException;
import java.util.function.Predicate;

/**
 * The callers that a rule names. Immutable.
 *
 * @param role the role that the rule names, or null
 * @param test whether the rule names a caller
 */
record Who(String role, Predicate<Caller> test) {
    private static final String ROLE = "role:";
    private static final String USER = "user:";

    /** @throws ParleyException with a sentence where the word names nobody */
    static Who of(String word) {
        if (word.startsWith(ROLE) && word.length() > ROLE.length()) {
            String role = word.substring(ROLE.length());
            return new Who(role, caller -> caller.hasRole(role));
        }
        if (word.startsWith(USER) && word.length() > USER.length()) {
            String id = word.substring(USER.length());
            return new Who(null, caller -> isUser(caller) && caller.id().equals(id));
        }
        return new Who(
                null,
                switch (word) {
                    case "everybody" -> caller -> true;
                    case "guests" -> caller -> caller.kind() == Caller.Kind.GUEST;
                    case "users" -> Who::isUser;
                    default ->
                        throw ParleyException.badRequest(
                                "'" + word + "' is nobody: there are everybody, guests, users, role:NAME and user:ID");
                });
    }

    private static boolean isUser(Caller caller) {
        return caller.kind() == Caller.Kind.USER;
    }
}
