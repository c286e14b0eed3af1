package dev.parley.client;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Fetches all bytes of an attachment, one part after the other. A part is small enough for the buffer of a connection, and heartbeats
 * come between two parts, also on a slow connection. Used once. Not thread-safe, and need not be: only one part is asked for at a time.
 */
final class WholeAttachment {
    /** The first part, and the least length of the others. */
    static final int LEAST_PART = 256 << 10;

    static final int LARGEST_PART = 1 << 20;
    /** Each part counts as a sixteenth of the whole against the quota of reading, so a large attachment gets larger parts. */
    private static final int PARTS = 16;

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Parts parts;
    private final CompletableFuture<ServerMessage.Fetched> whole;
    private ServerMessage.Fetched first;
    private ByteBuffer bytes;

    /** Fetches one part. */
    interface Parts {
        CompletionStage<ServerMessage.Fetched> fetch(long offset, long length);
    }

    private WholeAttachment(Parts parts, CompletableFuture<ServerMessage.Fetched> whole) {
        this.parts = parts;
        this.whole = whole;
    }

    /** @return completes on the thread that completes the parts */
    static CompletionStage<ServerMessage.Fetched> fetch(Parts parts) {
        CompletableFuture<ServerMessage.Fetched> first =
                parts.fetch(0, LEAST_PART).toCompletableFuture();
        CompletableFuture<ServerMessage.Fetched> whole = first.newIncompleteFuture();
        first.whenComplete(new WholeAttachment(parts, whole)::receive);
        return whole;
    }

    private void receive(ServerMessage.Fetched part, Throwable failure) {
        if (failure != null) {
            whole.completeExceptionally(failure);
            return;
        }
        try {
            add(part);
        } catch (ParleyException unfit) {
            whole.completeExceptionally(unfit);
            return;
        }
        if (bytes.hasRemaining()) {
            long length = Math.min(LARGEST_PART, Math.max(LEAST_PART, (first.size() + PARTS - 1) / PARTS));
            parts.fetch(bytes.position(), length).whenComplete(this::receive);
        } else {
            whole.complete(
                    new ServerMessage.Fetched(first.ref(), first.room(), first.seq(), first.size(), 0, bytes.flip()));
        }
    }

    private void add(ServerMessage.Fetched part) {
        if (first == null) {
            if (part.size() > LARGEST_ARRAY) {
                throw new ParleyException(ErrorCode.TOO_LARGE, "the attachment has too many bytes: " + part.size());
            }
            first = part;
            bytes = ByteBuffer.allocate((int) part.size());
        }
        int length = part.data().remaining();
        boolean isLast = length == bytes.remaining();
        if (part.size() != first.size() || length > bytes.remaining() || length == 0 && !isLast) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the attachment changed while its parts were fetched");
        }
        bytes.put(part.data());
    }
}
