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
    private final Completions completions;

    Bot(User user, MessageLog log, Completions completions) {
        this.user = user;
        this.log = log;
        this.completions = completions;
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
     *     was stored, or where 10,000 messages of the application's beans are under way. What depends on the stage
     *     without an executor of its own runs on a few threads for all beans, managed ones where the container has
     *     them; it must not wait there for another such stage.
     */
    public CompletionStage<Entry> say(RoomName room, String id, Body body) {
        Completions.Said said;
        try {
            said = completions.begin();
        } catch (ParleyException why) {
            return CompletableFuture.failedStage(why);
        }
        try {
            log.append(new Draft(room, user, id, body, said));
            return said.stage();
        } catch (ParleyException why) {
            return said.failed(why);
        }
    }
}
