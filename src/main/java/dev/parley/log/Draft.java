package dev.parley.log;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.Objects;

/**
 * A message that is not in the log yet.
 *
 * @param id the id under which it is stored, once
 * @param outcome notified exactly once of the result
 */
public record Draft(RoomName room, User from, DraftId id, Body body, Outcome outcome) {
    public Draft {
        Objects.requireNonNull(room);
        Objects.requireNonNull(from);
        Objects.requireNonNull(id);
        Objects.requireNonNull(body);
        Objects.requireNonNull(outcome);
    }

    /** Notified of the result of a draft. Called on one of Parley's threads; must neither block nor throw. */
    public interface Outcome {
        /** The entry is durable. It may be an older entry that the same user stored under the same id. */
        void said(Entry entry);

        /** The draft is not stored. */
        void refused(ParleyException why);

        /** It is unknown whether the draft is stored, as {@link DraftListener#unknown} describes. */
        void unknown(ParleyException why);
    }
}
