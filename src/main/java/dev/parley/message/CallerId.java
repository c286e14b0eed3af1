package dev.parley.message;

import dev.parley.message.Caller.Kind;
import java.util.Objects;

/**
 * Identifies a caller for ever, in contrast to its name. Peers see it of users and of the application, and never of guests.
 * Immutable.
 *
 * <p>The bounds keep the header of a binary frame within its 4,096 bytes.
 *
 * @param kind who authenticated the caller
 * @param id as in {@link Caller}. For a {@link Kind#USER} and the {@link Kind#APPLICATION}: 1 to {@value #MOST_CHARS}
 *     characters, not only white space, at most {@value #MOST_BYTES} bytes in UTF-8, and no control characters. For a {@link
 *     Kind#GUEST}: any text, empty if the id is not known
 */
public record CallerId(Kind kind, String id) {
    public static final int MOST_CHARS = UserId.MOST_CHARS;
    public static final int MOST_BYTES = UserId.MOST_BYTES;

    /** The rules for ids, as the end of a sentence. */
    public static final String RULES = UserId.RULES;

    /** A guest whose id is not known: clients never learn the ids of guests. */
    public static final CallerId GUEST = new CallerId(Kind.GUEST, "");

    /** @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is not a valid id */
    public CallerId {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        if (kind != Kind.GUEST && !isValid(id)) {
            throw ParleyException.badRequest("the id of a user " + RULES);
        }
    }

    /** The kind and the id of a caller. @throws ParleyException as the constructor does */
    public static CallerId of(Caller caller) {
        return new CallerId(caller.kind(), caller.id());
    }

    /** Whether a user, or the application, may have this id. */
    public static boolean isValid(String id) {
        return UserId.isValid(id);
    }

    /**
     * The text under which the log stores this caller. It is never sent to a peer.
     *
     * @return {@code guest:…}, {@code user:…} or {@code bean:…}
     */
    public String key() {
        return prefix(kind) + id;
    }

    /**
     * The caller with this {@link #key}.
     *
     * @throws IllegalStateException if the key is of no known kind
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the id is not valid
     */
    public static CallerId ofKey(String key) {
        for (Kind kind : Kind.values()) {
            String prefix = prefix(kind);
            if (key.startsWith(prefix)) {
                return new CallerId(kind, key.substring(prefix.length()));
            }
        }
        throw new IllegalStateException("nobody vouches for this kind of user");
    }

    private static String prefix(Kind kind) {
        return switch (kind) {
            case GUEST -> "guest:";
            case USER -> "user:";
            case APPLICATION -> "bean:";
        };
    }

    public boolean isGuest() {
        return kind == Kind.GUEST;
    }

    /**
     * Replaces the method of the record, as {@link #hashCode} does. In Java 17 that method keeps the classes of components in
     * a cache of the JDK, and with {@link Kind} the class loader of an application that was undeployed.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof CallerId caller && kind == caller.kind && id.equals(caller.id);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + kind.ordinal();
    }
}
