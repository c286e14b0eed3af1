package dev.parley.log.durable;

import dev.parley.log.Draft;
import java.util.List;

/**
 * What the writer takes at once.
 *
 * @param drafts written in one transaction, with the notes
 * @param requests written in a transaction of their own, after that one
 */
record Batch(List<Draft> drafts, Notes notes, List<Request> requests) {
    boolean hasDraftsOrNotes() {
        return !drafts.isEmpty() || !notes.isEmpty();
    }
}
