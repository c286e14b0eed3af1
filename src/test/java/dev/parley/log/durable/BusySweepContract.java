package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.DraftListener;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.StandingListener;
import dev.parley.message.Body;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays of a log whose writer always has something to write. */
abstract class BusySweepContract {
    private static final int KEPT = 100;
    private static final int GROWTH = 5_000;
    private static final int BATCH = 1_000;
    private static final int BATCHES = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Body TEXT = new Body.Text("The roses are out.");

    private final DurableDatabaseContract database;

    BusySweepContract(DurableDatabaseContract database) {
        this.database = database;
    }

    /** Puts the next batch into the queue before the writer looks for it. */
    private static final class Load implements DraftListener {
        private final WriteQueue queue;
        private final Reader reader;
        private final List<Long> sizes = new ArrayList<>();
        private volatile boolean ended;

        Load(WriteQueue queue, Reader reader) {
            this.queue = queue;
            this.reader = reader;
        }

        void say() {
            for (int i = 0; i < BATCH; i++) {
                queue.put(new Draft(LOBBY, ANN, DraftId.of(null), TEXT, Speaker.UNHEARD));
            }
        }

        long size() {
            try {
                Page page = reader.page(LOBBY, new Range.Newest(0));
                return page.last() - page.oldest() + 1;
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void stored(List<Appended> batch) {
            sizes.add(size());
            if (sizes.size() < BATCHES) {
                say();
            } else {
                ended = true;
            }
        }

        @Override
        public void refused(List<Draft> drafts, ParleyException why) {
            throw why;
        }

        @Override
        public void unknown(List<Draft> drafts, ParleyException why) {
            throw why;
        }
    }

    @Test
    void aLogThatIsNeverIdleGrowsToABoundAndToItsRuleWhenItIsIdleAgain(@TempDir Path folder) throws Exception {
        WriteQueue queue = new WriteQueue();
        Sweep sweep = new Sweep(
                Retention.parse("*: " + KEPT + " entries"), deleted -> {}, new SweepPace(GROWTH, Long.MAX_VALUE));
        try (Database opened = database.open(folder, Executors.defaultThreadFactory());
                Reader reader = opened.reader()) {
            Writer writer = new Writer(opened, queue, sweep, StandingListener.NONE, () -> {});
            Load load = new Load(queue, reader);
            writer.start(load, entries -> {});
            load.say();
            Thread thread = new Thread(writer);
            thread.start();
            try {
                await().atMost(PATIENCE).until(() -> load.ended);
                await().atMost(PATIENCE).until(() -> load.size() == KEPT);
            } finally {
                queue.close();
                thread.join();
            }
            assertThat(load.sizes).hasSize(BATCHES).allMatch(size -> size <= KEPT + GROWTH + BATCH);
        }
    }
}
