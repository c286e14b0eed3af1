package dev.parley.room;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A voice of the application itself: says things in rooms without being a member of them. Thread-safe; no method waits.
 */
public final class Bot {
    private final User user;
    private final MessageLog log;

    Bot(User user, MessageLog log) {
        this.user = user;
        this.log = log;
    }

    /** The name under which others see it. */
    public UserName name() {
        return user.name();
    }

    /** Says a text. The stage ends as that of {@link #say(RoomName, String, Body)} does. */
    public CompletionStage<Entry> say(RoomName room, String text) {
        return say(room, null, new Body.Text(text));
    }

    /** Says a text once, however often this is called with the same id. */
    public CompletionStage<Entry> say(RoomName room, String id, String text) {
        return say(room, id, new Body.Text(text));
    }

    /**
     * Says something.
     *
     * @param id null, or an id under which it is stored once, for ever, in this room
     * @return ends with the durable entry, or fails with a {@link ParleyException} ({@code unavailable}) where nothing
     *     was stored. What depends on it runs on the common pool, unless it names an executor of its own.
     */
    public CompletionStage<Entry> say(RoomName room, String id, Body body) {
        CompletableFuture<Entry> said = new CompletableFuture<>();
        try {
            log.append(new Draft(room, user, id, body, new Draft.Outcome() {
                @Override
                public void said(Entry entry) {
                    // Not here: what depends on it is the application's, and this is one of the few threads of the
                    // rooms.
                    said.completeAsync(() -> entry);
                }

                @Override
                public void refused(ParleyException why) {
                    said.defaultExecutor().execute(() -> said.completeExceptionally(why));
                }
            }));
        } catch (ParleyException why) {
            said.completeExceptionally(why);
        }
        return said;
    }
}
