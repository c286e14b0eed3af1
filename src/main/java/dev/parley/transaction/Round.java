package dev.parley.transaction;

import dev.parley.log.Draft;
import dev.parley.log.DraftResult;
import dev.parley.log.MessageLog;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Appends the rows of one read of the table to the log, in their order, and waits for the results. It ends at the first row that the
 * log can't take now, because rows behind it must not overtake it. Not thread-safe.
 */
final class Round {
    /** The log itself answers within a bounded time, even if its disk does not. */
    private static final long ANSWER_SECONDS = 60;

    private final MessageLog log;
    private final Senders senders;
    private final Outcomes outcomes;
    private final Consumer<Throwable> failures;

    private final Map<Long, DraftResult> results = new LinkedHashMap<>();
    private final List<Long> stored = new ArrayList<>();
    private final List<Long> rejected = new ArrayList<>();
    private UnderWay underWay = new UnderWay();
    private ParleyException stop;

    /** @param failures gets why a row is no message */
    Round(MessageLog log, Senders senders, Outcomes outcomes, Consumer<Throwable> failures) {
        this.log = log;
        this.senders = senders;
        this.outcomes = outcomes;
        this.failures = failures;
    }

    /** The rows that are in the log. */
    List<Long> stored() {
        return stored;
    }

    /** The rows that are no messages. */
    List<Long> rejected() {
        return rejected;
    }

    /** Why the rows behind the others were not appended; null if all rows are stored or rejected. */
    ParleyException stop() {
        return stop;
    }

    /** Called once. The outcomes of rows that are stored or rejected are notified. */
    void append(Map<Long, Row> rows) throws InterruptedException, ExecutionException, TimeoutException {
        for (Map.Entry<Long, Row> row : rows.entrySet()) {
            try {
                append(row.getKey(), row.getValue());
            } catch (ParleyException e) {
                if (e.code() == ErrorCode.UNAVAILABLE) {
                    stop = e;
                } else {
                    reject(row.getKey(), e);
                }
            }
            if (stop != null) {
                break;
            }
        }
        finish();
    }

    private void append(Long id, Row row) throws InterruptedException, ExecutionException, TimeoutException {
        DraftResult result = new DraftResult();
        Draft draft = row.draft(senders, result);
        if (!underWay.takes(draft)) {
            finish();
            if (stop != null) {
                return;
            }
        }
        log.append(draft);
        underWay.add(draft);
        results.put(id, result);
    }

    /** Waits for all results. */
    private void finish() throws InterruptedException, ExecutionException, TimeoutException {
        for (Map.Entry<Long, DraftResult> each : results.entrySet()) {
            try {
                Entry entry = each.getValue().get(ANSWER_SECONDS, TimeUnit.SECONDS);
                stored.add(each.getKey());
                outcomes.notify(each.getKey(), outcome -> outcome.said(entry));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof ParleyException why)) {
                    throw e;
                }
                if (why.code() == ErrorCode.UNAVAILABLE) {
                    stop = why;
                } else {
                    reject(each.getKey(), why);
                }
            }
        }
        results.clear();
        underWay = new UnderWay();
    }

    private void reject(Long row, ParleyException why) {
        rejected.add(row);
        failures.accept(new IllegalStateException("row " + row + " of parley_outbox is no message", why));
        outcomes.notify(row, outcome -> outcome.refused(why));
    }
}
