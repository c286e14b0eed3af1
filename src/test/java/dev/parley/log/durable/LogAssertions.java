package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** What tests of a log ask of it. */
public final class LogAssertions {
    private LogAssertions() {}

    public static void assertUnavailable(Runnable act) {
        ParleyException refused = catchThrowableOfType(ParleyException.class, act::run);
        assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    /** 1, 2, 3 … */
    public static List<Long> numbers(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** All that a room's log has, page by page. */
    public static List<Entry> all(MessageLog log, RoomName room) {
        List<Entry> entries = new ArrayList<>();
        Page page;
        do {
            long last = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq();
            page = get(log.read(room, new Range.After(last, 1_000)));
            entries.addAll(page.entries());
        } while (page.more());
        return entries;
    }

    public static void unwrap(CompletionStage<?> stage) {
        try {
            get(stage);
        } catch (CompletionException e) {
            throw (ParleyException) e.getCause();
        }
    }
}
