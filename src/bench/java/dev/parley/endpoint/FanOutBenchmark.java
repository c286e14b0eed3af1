package dev.parley.endpoint;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.User;
import dev.parley.loop.Loops;
import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.outbox.FrameWriter;
import dev.parley.outbox.MemoryBudget;
import dev.parley.outbox.Outbox;
import dev.parley.outbox.OutgoingFrame;
import dev.parley.outbox.SocketWriter;
import dev.parley.room.Broadcast;
import dev.parley.room.LocalRelay;
import dev.parley.room.Member;
import dev.parley.room.Rooms;
import dev.parley.testing.EmptyLog;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long it takes from a durable entry to the bytes for the sockets of all members, with neither a disk nor a network:
 * room, encoding and outboxes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FanOutBenchmark {
    private static final RoomName ROOM = new RoomName("garden");
    private static final Body TEXT =
            new Body.Text("The roses are out. ".repeat(11).substring(0, 200));
    private static final int BOUND = 1 << 20;
    private static final Function<List<? extends ServerMessage>, OutgoingFrame> EACH = OutgoingFrame::of;
    private static final Function<List<? extends ServerMessage>, OutgoingFrame> RUNS = OutgoingFrame::ofRuns;

    @Param({"200", "10000"})
    public int members;

    @Param({"1", "32"})
    public int entries;

    /** Whether entries are sent in runs, as in {@code parley.v2}. */
    @Param({"false", "true"})
    public boolean runs;

    private final MemoryBudget budget = new MemoryBudget(1 << 30);
    private final Semaphore sent = new Semaphore(0);
    private final NoDisk log = new NoDisk();
    private Loops loops;
    private Draft draft;

    @Setup
    public void fill() throws InterruptedException {
        loops = new Loops(2, Executors.defaultThreadFactory());
        Rooms rooms = new Rooms(log, new LocalRelay(), loops, entry -> {});
        rooms.start();
        CountDownLatch joined = new CountDownLatch(members);
        for (int i = 1; i <= members; i++) {
            rooms.join(new Listening(i, joined), new ClientMessage.Join(null, ROOM, null, null, 0));
        }
        joined.await();
        draft = new Draft(
                ROOM, new User("bean:gardener", new UserName("gardener")), DraftId.of(null), TEXT, new Draft.Outcome() {
                    @Override
                    public void said(Entry entry) {}

                    @Override
                    public void refused(ParleyException why) {}

                    @Override
                    public void unknown(ParleyException why) {}
                });
    }

    @TearDown
    public void end() {
        loops.close();
    }

    /** A batch, to all. */
    @Benchmark
    public void untilWritten() throws InterruptedException {
        log.commit(draft, entries);
        sent.acquire(members);
    }

    /** Whose socket takes everything at once. */
    private final class Listening implements Member, SocketWriter, Outbox.Troubles {
        private final User user;
        private final CountDownLatch joined;
        private final Outbox outbox;

        Listening(int number, CountDownLatch joined) {
            this.user = new User("guest:" + number, new UserName("guest-" + number));
            this.joined = joined;
            this.outbox = new Outbox(new FrameWriter(null, this), loops.of(number), BOUND, budget, this);
        }

        @Override
        public void write(ByteBuffer bytes, SendHandler written) {
            written.onResult(new SendResult());
            sent.release();
        }

        @Override
        public User user() {
            return user;
        }

        /** The answer to the join, and then who else came: nothing of that is to be counted. */
        @Override
        public void tell(ServerMessage message) {
            joined.countDown();
        }

        @Override
        public void tell(Broadcast broadcast) {}

        @Override
        public boolean offer(Broadcast broadcast) {
            return outbox.offer(broadcast.encoded(runs && broadcast.hasRun() ? RUNS : EACH));
        }

        @Override
        public boolean hint(Object key, Broadcast broadcast) {
            return true;
        }

        @Override
        public void whenReady(PageTurn turn) {
            turn.begin();
        }

        @Override
        public void lost(ParleyException why) {
            throw why;
        }

        @Override
        public void tooSlow() {
            throw new IllegalStateException("too slow");
        }

        @Override
        public void broken(Throwable cause) {
            throw new IllegalStateException(cause);
        }
    }

    /** Says that all is durable. */
    private static final class NoDisk extends EmptyLog {
        private long seq;

        void commit(Draft draft, int count) {
            Appended[] batch = new Appended[count];
            for (int i = 0; i < count; i++) {
                Instant now = Instant.ofEpochMilli(seq);
                batch[i] = new Appended(
                        draft,
                        new Entry(
                                ROOM,
                                ++seq,
                                null,
                                draft.from().name(),
                                draft.from().id(),
                                now,
                                draft.body()),
                        false);
            }
            commit(List.of(batch));
        }
    }
}
