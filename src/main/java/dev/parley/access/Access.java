package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The policies that need no application: the values of the setting {@code parley.access}. Immutable. */
public enum Access implements AccessPolicy {
    /** Everybody may do everything in every room. */
    OPEN("everybody may be in every room"),
    /** The same for those who are signed in; guests are in no room. */
    USERS("only signed-in users may be in rooms");

    private final String meaning;

    Access(String meaning) {
        this.meaning = meaning;
    }

    /**
     * The policy that a setting names.
     *
     * @throws IllegalArgumentException where it names none
     */
    public static Access of(String setting) {
        for (Access access : values()) {
            if (access.setting().equals(setting)) {
                return access;
            }
        }
        throw new IllegalArgumentException(setting);
    }

    /** As it stands in the setting. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What this means for people, as a part of a sentence. */
    public String meaning() {
        return meaning;
    }

    /** The same in every room, and never null: a bean of the application is asked after this, and could not be without it. */
    @Override
    public Grant always(Caller caller) {
        return this == USERS && caller.kind() == Caller.Kind.GUEST ? Grant.none() : Grant.all();
    }

    @Override
    public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
        return CompletableFuture.completedFuture(always(caller));
    }
}
