package dev.parley.transaction;

import dev.parley.log.Draft;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The outcomes of drafts whose rows are not in the log yet, by the ids of the rows. Each of them is an open stage of the
 * application, and the number of those has a bound. Thread-safe, except the methods about a read, which one thread calls.
 */
final class Outcomes {
    private final Map<Long, Draft.Outcome> outcomes = new ConcurrentHashMap<>();
    /** The rows of transactions that have committed since the last read. */
    private final Queue<Long> committed = new ConcurrentLinkedQueue<>();
    /** The rows of transactions that had committed before the read. */
    private final NavigableSet<Long> expected = new TreeSet<>();

    void put(long row, Draft.Outcome outcome) {
        outcomes.put(row, outcome);
    }

    void remove(long row) {
        outcomes.remove(row);
    }

    /** The transaction of the rows has ended. */
    void ended(List<Long> rows, Pending.End end) {
        switch (end) {
            case COMMITTED -> committed.addAll(rows);
            case ROLLED_BACK -> rows.forEach(row -> notify(row, outcome -> outcome.refused(end.why())));
            case UNKNOWN -> rows.forEach(row -> notify(row, outcome -> outcome.unknown(end.why())));
        }
    }

    /** Removes the outcome of a row and notifies it, if there is one. */
    void notify(Long row, Consumer<Draft.Outcome> notification) {
        Draft.Outcome outcome = outcomes.remove(row);
        if (outcome != null) {
            notification.accept(outcome);
        }
    }

    /** The next read finds all rows of the transactions that have committed so far, unless somebody deletes them. */
    void beforeRead() {
        for (Long row = committed.poll(); row != null; row = committed.poll()) {
            expected.add(row);
        }
    }

    /**
     * Ends the outcomes of rows that the read should have found: the database did not commit them, although its transaction has
     * committed, or somebody has deleted them.
     *
     * @param upTo the read has found all rows up to this id
     */
    void afterRead(Set<Long> found, long upTo) {
        for (Iterator<Long> rows = expected.headSet(upTo, true).iterator(); rows.hasNext(); ) {
            Long row = rows.next();
            if (!found.contains(row)) {
                rows.remove();
                notify(
                        row,
                        outcome -> outcome.unknown(Unavailable.because(
                                "the transaction has committed, but its message is not in parley_outbox")));
            } else if (!outcomes.containsKey(row)) {
                rows.remove();
            }
        }
    }
}
