package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import java.util.concurrent.CompletableFuture;

/**
 * Signed-in users may be in the rooms that somebody has made; in a closed room only those with a role. Guests may be in no room.
 * Immutable, thread-safe.
 *
 * <pre>
 *                    guest   user without a role   member, moderator, owner
 *   nobody made it   no      no                    –
 *   open             no      yes                   yes
 *   closed           no      no                    yes
 * </pre>
 *
 * <p>The refusal of a room that nobody made is that of a closed one, so that it does not show which closed rooms there are.
 *
 * @param standings the roles, and which rooms are closed
 */
public record MemberAccess(StandingCache standings) implements AccessPolicy {
    /** The grants of a user depend on the room. */
    @Override
    public Grant always(Caller caller) {
        return switch (caller.kind()) {
            case GUEST -> Grant.none();
            case USER -> null;
            case APPLICATION -> Grant.all();
        };
    }

    /** The grant may be good for long: a change of a role, or of the room, leads to new questions. */
    @Override
    public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
        Grant always = always(caller);
        if (always != null) {
            return CompletableFuture.completedFuture(always);
        }
        String key = new CallerId(caller.kind(), caller.id()).key();
        // A new stage: whoever asks may cancel it.
        return standings.in(room).thenApply(in -> grant(key, room, in));
    }

    private static Grant grant(String key, RoomName room, RoomStandings in) {
        boolean isIn = in.of(key).role() != null || in.isMade() && !in.isClosed();
        return isIn
                ? Grant.all().goodFor(Grant.MOST)
                : Grant.none().goodFor(Grant.MOST).because(Sentences.noMember(room));
    }

    @Override
    public boolean hasMembers() {
        return true;
    }

    @Override
    public String refusalToMake(Caller caller, RoomName room) {
        return caller.kind() == Caller.Kind.USER ? null : "only signed-in users create rooms";
    }

    @Override
    public String toString() {
        return "only signed-in users may be in rooms, and in closed ones only their members (parley.access=members)";
    }
}
