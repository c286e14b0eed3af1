package dev.parley.log;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.Objects;

/**
 * A message that is not in the log yet.
 *
 * @param body a text, data or an attachment; the constructor rejects a {@link Body.Reference} with {@code badRequest}
 * @param id the id under which it is stored, once
 * @param outcome notified exactly once of the result
 */
public record Draft(RoomName room, User from, DraftId id, Body body, Outcome outcome) {
    public Draft {
        Objects.requireNonNull(room);
        Objects.requireNonNull(from);
        Objects.requireNonNull(id);
        Body.checkComplete(body);
        Objects.requireNonNull(outcome);
    }

    /** Notified of the result of a draft. Called on one of Parley's threads; must neither block nor throw. */
    public interface Outcome {
        /** The new entry is durable. */
        void said(Entry entry);

        /** The draft adds no entry, because the same user stored this durable one under the same id before. */
        default void repeated(Entry entry) {
            said(entry);
        }

        /** The draft is not stored. */
        void refused(ParleyException why);

        /** It is unknown whether the draft is stored, as {@link DraftListener#unknown} describes. */
        void unknown(ParleyException why);
    }
}
