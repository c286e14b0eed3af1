package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import java.util.concurrent.CompletionException;

/** The errors for peers that lack a permission, or whose permissions are not known. Stateless. */
final class GrantRefusals {
    private GrantRefusals() {}

    /**
     * The error for a peer without this permission.
     *
     * @param reason the sentence of the policy; null for a general one
     */
    static ParleyException forbidden(Permission permission, RoomName room, String reason) {
        if (reason != null) {
            return new ParleyException(ErrorCode.FORBIDDEN, reason);
        }
        return new ParleyException(
                ErrorCode.FORBIDDEN,
                switch (permission) {
                    case READ -> "you may not be in the room " + room + ", nor read it";
                    case SAY -> "you may read in the room " + room + ", but say nothing there";
                    case ATTACH -> "you may send no files to the room " + room;
                    case SIGNAL -> "you may not signal in the room " + room + " that you are typing";
                    case MODERATE -> "you may not moderate the room " + room;
                });
    }

    /** The permissions of an earlier request may have changed. */
    static ParleyException changed(RoomName room) {
        return new ParleyException(
                ErrorCode.UNAVAILABLE, "what you may read in the room " + room + " may have changed; try again later");
    }

    /** The policy has failed. */
    static ParleyException unavailable(RoomName room, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ParleyException known && known.code() == ErrorCode.UNAVAILABLE
                ? known
                : new ParleyException(
                        ErrorCode.UNAVAILABLE,
                        "what may be done in the room " + room + " is not known now; try again later");
    }
}
