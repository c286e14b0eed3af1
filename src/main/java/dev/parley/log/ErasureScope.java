package dev.parley.log;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Of what everything is erased at once. */
public sealed interface ErasureScope {
    /** What is erased together with it, and itself as the last one: of a signed-in user, its inbox too. */
    default List<ErasureScope> parts() {
        return List.of(this);
    }

    /**
     * All that the log has of a user: the contents of its entries and its name in them, its read marks, and its id.
     *
     * @param user not {@link CallerId#GUEST}, which stands for any guest
     */
    record OfUser(CallerId user) implements ErasureScope {
        public OfUser {
            if (user.equals(CallerId.GUEST)) {
                throw ParleyException.badRequest("the id of the guest is missing");
            }
        }

        /** What was sent to this user alone; empty if it is no signed-in user. */
        public Optional<OfRoom> inbox() {
            return user.kind() == Caller.Kind.USER
                    ? Optional.of(new OfRoom(RoomName.inbox(user.id())))
                    : Optional.empty();
        }

        @Override
        public List<ErasureScope> parts() {
            return Stream.<ErasureScope>concat(inbox().stream(), Stream.of(this))
                    .toList();
        }

        /** Replaces the method of the record, as {@link #hashCode} does, for the reason of {@link CallerId#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof OfUser scope && user.equals(scope.user);
        }

        @Override
        public int hashCode() {
            return user.hashCode();
        }
    }

    /** The contents of all entries of a room. */
    record OfRoom(RoomName room) implements ErasureScope {
        public OfRoom {
            Objects.requireNonNull(room);
        }

        /** Replaces the method of the record, as {@link #hashCode} does, for the reason of {@link CallerId#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof OfRoom scope && room.equals(scope.room);
        }

        @Override
        public int hashCode() {
            return room.hashCode();
        }
    }
}
