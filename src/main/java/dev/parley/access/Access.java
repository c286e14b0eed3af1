package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The policies for applications without a policy of their own. Each is a value of the setting {@code parley.access}. Immutable. */
public enum Access implements AccessPolicy {
    /** Every caller may do everything in every room. */
    OPEN("everybody may be in every room"),
    /** Every authenticated user may do everything in every room. Guests may join no room. */
    USERS("only signed-in users may be in rooms");

    private final String meaning;

    Access(String meaning) {
        this.meaning = meaning;
    }

    /** The grant is the same in every room and never null. */
    @Override
    public Grant always(Caller caller) {
        return this == USERS && caller.kind() == Caller.Kind.GUEST ? Grant.none() : Grant.all();
    }

    @Override
    public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
        return CompletableFuture.completedFuture(always(caller));
    }

    @Override
    public String toString() {
        return meaning + " (parley.access=" + name().toLowerCase(Locale.ROOT) + ")";
    }
}
