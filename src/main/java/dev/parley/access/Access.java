package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The policies for applications without a policy of their own: the values of the setting {@code parley.access}. Immutable. */
public enum Access implements AccessPolicy {
    /** Every caller may do everything in every room. */
    OPEN("everybody may be in every room"),
    /** Every authenticated user may do everything in every room. Guests may join no room. */
    USERS("only signed-in users may be in rooms");

    private final String meaning;

    Access(String meaning) {
        this.meaning = meaning;
    }

    /**
     * The policy with this name.
     *
     * @throws IllegalArgumentException if there is no such policy
     */
    public static Access of(String setting) {
        for (Access access : values()) {
            if (access.setting().equals(setting)) {
                return access;
            }
        }
        throw new IllegalArgumentException(setting);
    }

    /** The name of the policy in the setting. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A description of the policy, as a part of a sentence. */
    public String meaning() {
        return meaning;
    }

    /** The grant is the same in every room and never null: without a room, it tells whether the application's bean has to be asked. */
    @Override
    public Grant always(Caller caller) {
        return this == USERS && caller.kind() == Caller.Kind.GUEST ? Grant.none() : Grant.all();
    }

    @Override
    public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
        return CompletableFuture.completedFuture(always(caller));
    }
}
