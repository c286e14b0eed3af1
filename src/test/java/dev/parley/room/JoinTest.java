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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A join while others talk, with a log that answers when the test says so: what a disk does at moments of its own. */
class JoinTest {
    private static final RoomName ROOM = new RoomName("garden");
    private static final User ANN = new User("user:ann", new UserName("ann"));

    private final Loops loops = new Loops(1, Executors.defaultThreadFactory());
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
    void whatIsSaidBetweenTheReadingOfThePageAndTheAnswerFollowsIt() {
        rooms.join(guest, new ClientMessage.Join(null, ROOM, null, null, 0));
        await().until(() -> log.reads.size() == 1);
        log.commits(3);
        log.reads.get(0).complete(new Page(List.of(), 2, false));
        await().until(() -> guest.told.size() == 2);
        assertThat(((ServerMessage.Joined) guest.told.get(0)).seq()).isEqualTo(2);
        assertThat(guest.told.get(1)).isEqualTo(entry(3));
    }

    @Test
    void whatIsOnThePageDoesNotFollowIt() {
        rooms.join(guest, new ClientMessage.Join(null, ROOM, null, null, 50));
        await().until(() -> log.reads.size() == 1);
        log.commits(1);
        log.reads.get(0).complete(new Page(List.of(entry(1)), 1, false));
        log.commits(2);
        await().until(() -> guest.told.size() == 2);
        ServerMessage.Joined joined = (ServerMessage.Joined) guest.told.get(0);
        assertThat(joined.seq()).isEqualTo(1);
        assertThat(joined.entries()).containsExactly(entry(1));
        assertThat(guest.told.get(1)).isEqualTo(entry(2));
    }

    private static Entry entry(long seq) {
        return new Entry(ROOM, seq, null, ANN.name(), Instant.EPOCH, new Body.Text("number " + seq));
    }

    /** Its pages come when the test completes them. */
    private static final class Log extends EmptyLog {
        final List<CompletableFuture<Page>> reads = new CopyOnWriteArrayList<>();

        void commits(long seq) {
            Draft draft = new Draft(ROOM, ANN, null, entry(seq).body(), new Draft.Outcome() {
                @Override
                public void said(Entry entry) {}

                @Override
                public void refused(ParleyException why) {}
            });
            listener.committed(List.of(new Appended(draft, entry(seq), false)));
        }

        @Override
        public CompletionStage<Page> read(RoomName room, Span span) {
            CompletableFuture<Page> page = new CompletableFuture<>();
            reads.add(page);
            return page;
        }
    }

    /** Remembers all that it is told, in its order. */
    private static final class Guest implements Member {
        final List<ServerMessage> told = new CopyOnWriteArrayList<>();

        @Override
        public User user() {
            return new User("user:bob", new UserName("bob"));
        }

        @Override
        public void tell(ServerMessage message) {
            told.add(message);
        }

        @Override
        public void tell(Broadcast broadcast) {
            told.addAll(broadcast.messages());
        }

        @Override
        public boolean offer(Broadcast broadcast) {
            tell(broadcast);
            return true;
        }

        @Override
        public void hint(Object key, Broadcast broadcast) {}

        @Override
        public void whenReady(PageTurn turn) {
            turn.begin();
        }

        @Override
        public void lost(ParleyException why) {
            throw new AssertionError(why);
        }
    }
}
