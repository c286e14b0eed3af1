package dev.parley.log.durable;

import dev.parley.log.Draft;
import java.util.List;

/** The drafts and marks that are written in one transaction. */
record Batch(List<Draft> drafts, List<Mark> marks) {
    boolean isEmpty() {
        return drafts.isEmpty() && marks.isEmpty();
    }
}
