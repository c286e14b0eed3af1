package dev.parley.log;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.Objects;

/**
 * Something said that isn't in the log yet.
 *
 * @param id what it is stored under, once for ever
 * @param outcome is told exactly once how it ended
 */
public record Draft(RoomName room, User from, DraftId id, Body body, Outcome outcome) {
    public Draft {
        Objects.requireNonNull(room);
        Objects.requireNonNull(from);
        Objects.requireNonNull(id);
        Objects.requireNonNull(body);
        Objects.requireNonNull(outcome);
    }

    /** Hears what became of a draft. Called on a thread of Parley's; must neither block nor throw. */
    public interface Outcome {
        /** The entry is durable. It may be one that the same user said before under the same id. */
        void said(Entry entry);

        /** Nothing was stored. */
        void refused(ParleyException why);
    }
}
