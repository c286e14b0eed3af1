package dev.parley.room;

import dev.parley.log.Page;
import java.util.Map;

/**
 * What is read from the log for the answer to a join. Immutable.
 *
 * @param marks how far users have read, by their keys; empty if the room knows it
 */
record FirstPage(Page page, Map<String, Long> marks) {
    /** Whether a client that has all entries up to {@code since} misses none if it gets this page. */
    boolean continuesAfter(long since) {
        return since <= page.last() && page.follows(since);
    }

    /** The oldest entry that is kept; null if none was deleted, so that most answers do not grow. */
    static Long oldest(Page page) {
        return page.oldest() > 1 ? page.oldest() : null;
    }
}
