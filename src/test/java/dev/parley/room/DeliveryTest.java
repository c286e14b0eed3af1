package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.testing.EmptyLog;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which thread tells what, and what is told where something is missing or throws. */
class DeliveryTest {
    private static final RoomName ROOM = new RoomName("garden");
    private static final User ANN = new User("user:ann", new UserName("ann"));

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Loops loops = new Loops(1, task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        threads.add(thread);
        return thread;
    });
    private final Log log = new Log();
    private final Guest guest = new Guest();
    private final Rooms rooms = new Rooms(log, loops, new Roster(), entry -> {}, Runnable::run);

    @BeforeEach
    void start() {
        rooms.start();
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void theFirstPageIsReadOnTheLoopOfItsRoomWhereverThePageBeforeEnded() {
        guest.turnsBeginLater = true;
        join();
        await().until(() -> guest.turns.size() == 1);
        guest.turns.get(0).begin();
        await().until(() -> log.readBy.size() == 1);
        assertThat(threads).contains(log.readBy.get(0));
    }

    @Test
    void whoSpokeInARoomThatIsEmptyNowIsAnsweredOnALoop() {
        Speaker committed = new Speaker();
        Speaker refused = new Speaker();
        log.commits(committed, 1);
        log.refuses(refused);
        assertThat(threads).contains(committed.answeredBy.join(), refused.answeredBy.join());
    }

    @Test
    void aMemberWhoCannotBeToldItsPageIsLostInsteadOfLeftWithoutAnswer() {
        guest.throwing = true;
        join();
        await().until(() -> guest.failedTurns.size() == 1);
    }

    @Test
    void aMemberWhoseJoinCannotEvenBeginIsLostInsteadOfLeftWithoutAnswer() {
        guest.turnsThrow = true;
        join();
        await().until(() -> guest.lost.size() == 1);
    }

    @Test
    void aMemberWhoCannotBeToldAnEntryIsLostAndTheOthersAreTold() {
        join();
        Guest other = new Guest();
        rooms.join(other, new ClientMessage.Join(null, ROOM, null, null, 0));
        await().until(() -> guest.told.size() == 1 && other.told.size() == 1);
        guest.throwing = true;
        log.commits(new Speaker(), 1);
        await().until(() -> other.seqs().equals(List.of(1L)));
        await().until(() -> guest.lost.size() == 1);
    }

    @Test
    void aSenderWhoCannotBeAnsweredKeepsNobodyFromBeingTold() {
        join();
        await().until(() -> guest.told.size() == 1);
        log.commits(
                new Speaker() {
                    @Override
                    public void said(Entry entry) {
                        throw new AssertionError("on purpose");
                    }
                },
                1);
        await().until(() -> guest.seqs().equals(List.of(1L)));
    }

    @Test
    void whatIsMissingInABatchIsReadFromTheLogByThoseWhoAreLive() {
        join();
        await().until(() -> guest.told.size() == 1);
        log.commits(new Speaker(), 1, 3);
        await().until(() -> guest.seqs().size() >= 3);
        assertThat(guest.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatIsMissingAmongTheNewestEntriesIsReadFromTheLogByWhoeverCatchesUp() {
        log.answersLater = true;
        join();
        await().until(() -> log.reads.size() == 1);
        log.commits(new Speaker(), 1);
        log.commits(new Speaker(), 3);
        log.reads.get(0).complete(new Page(List.of(), 0, false));
        await().until(() -> log.reads.size() == 2 || guest.seqs().size() >= 2);
        log.reads.get(1).complete(log.page(new Span.After(0, 200)));
        await().until(() -> guest.seqs().size() >= 3);
        assertThat(guest.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoTypesAllTheTimeIsToldOfOnceInAWhile() {
        Membership typing = rooms.join(new Guest(), new ClientMessage.Join(null, ROOM, null, null, 0));
        join();
        await().until(() -> guest.told.size() == 1);
        for (int i = 0; i < 50; i++) {
            typing.typing();
        }
        typing.leave(new ServerMessage.Left(null, ROOM));
        await().until(() -> ((Guest) typing.member).told.size() == 2);
        assertThat(guest.hinted).hasSize(1);
    }

    private void join() {
        rooms.join(guest, new ClientMessage.Join(null, ROOM, null, null, 0));
    }

    private static Entry entry(long seq) {
        return new Entry(ROOM, seq, null, ANN.name(), Instant.EPOCH, new Body.Text("number " + seq));
    }

    private static class Speaker implements Draft.Outcome {
        final CompletableFuture<Thread> answeredBy = new CompletableFuture<>();

        @Override
        public void said(Entry entry) {
            answeredBy.complete(Thread.currentThread());
        }

        @Override
        public void refused(ParleyException why) {
            answeredBy.complete(Thread.currentThread());
        }
    }

    /** All of whose entries can be read, also those that the listener did not hear of. */
    private static final class Log extends EmptyLog {
        final List<CompletableFuture<Page>> reads = new CopyOnWriteArrayList<>();
        final List<Thread> readBy = new CopyOnWriteArrayList<>();
        volatile boolean answersLater;
        private volatile long last;

        void commits(Draft.Outcome outcome, long... seqs) {
            last = seqs[seqs.length - 1];
            listener.committed(LongStream.of(seqs)
                    .mapToObj(seq -> new Appended(draft(outcome), entry(seq), false))
                    .toList());
        }

        void refuses(Draft.Outcome outcome) {
            listener.refused(List.of(draft(outcome)), ParleyException.badRequest("on purpose"));
        }

        private static Draft draft(Draft.Outcome outcome) {
            return new Draft(ROOM, ANN, null, entry(1).body(), outcome);
        }

        Page page(Span span) {
            if (!(span instanceof Span.After after)) {
                return new Page(List.of(), last, false);
            }
            return new Page(
                    LongStream.rangeClosed(after.seq() + 1, last)
                            .mapToObj(DeliveryTest::entry)
                            .toList(),
                    last,
                    false);
        }

        @Override
        public CompletionStage<Page> read(RoomName room, Span span) {
            readBy.add(Thread.currentThread());
            CompletableFuture<Page> page = new CompletableFuture<>();
            reads.add(page);
            if (!answersLater) {
                page.complete(page(span));
            }
            return page;
        }
    }

    /** Remembers what it is told, or throws instead. */
    private static final class Guest implements Member {
        final List<ServerMessage> told = new CopyOnWriteArrayList<>();
        final List<ServerMessage> hinted = new CopyOnWriteArrayList<>();
        final List<PageTurn> turns = new CopyOnWriteArrayList<>();
        final List<Throwable> failedTurns = new CopyOnWriteArrayList<>();
        final List<ParleyException> lost = new CopyOnWriteArrayList<>();
        volatile boolean turnsBeginLater;
        volatile boolean turnsThrow;
        volatile boolean throwing;

        List<Long> seqs() {
            return told.stream()
                    .filter(message -> message instanceof Entry)
                    .map(message -> ((Entry) message).seq())
                    .toList();
        }

        @Override
        public User user() {
            return ANN;
        }

        @Override
        public void tell(ServerMessage message) {
            if (throwing) {
                throw new AssertionError("on purpose");
            }
            told.add(message);
        }

        @Override
        public void tell(Broadcast broadcast) {
            broadcast.messages().forEach(this::tell);
        }

        @Override
        public boolean offer(Broadcast broadcast) {
            tell(broadcast);
            return true;
        }

        @Override
        public void hint(Object key, Broadcast broadcast) {
            hinted.addAll(broadcast.messages());
        }

        @Override
        public void whenReady(PageTurn turn) {
            if (turnsThrow) {
                throw new AssertionError("on purpose");
            }
            if (turnsBeginLater) {
                turns.add(turn);
                return;
            }
            turn.begin().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    failedTurns.add(failure);
                }
            });
        }

        @Override
        public void lost(ParleyException why) {
            lost.add(why);
        }
    }
}
