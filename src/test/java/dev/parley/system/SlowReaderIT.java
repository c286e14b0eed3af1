package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ChatClient;
import dev.parley.client.ChatListener;
import dev.parley.client.ClientOptions;
import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.testing.Line;
import dev.parley.testing.ServerProcess;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One who reads nothing costs the others nothing, and the server a bounded amount of memory. */
@Timeout(300)
class SlowReaderIT {
    /** 96 MiB in all: what the server would keep for the one who doesn't read has no place in its heap. */
    private static final int ENTRY_CHARS = 32 << 10;

    private static final int ENTRIES = 3_072;
    private static final String[] HEAP = {"-Xmx96m", "-XX:+ExitOnOutOfMemoryError"};
    /** As many are under way at once as those who read can always take. */
    private static final int UNDER_WAY = 8;

    private static final RoomName ROOM = new RoomName("market");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Notes which entries came, and what was out of order or changed. */
    private static final class Counting implements ChatListener {
        private final AtomicLong first = new AtomicLong();
        private final AtomicLong last = new AtomicLong();
        private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private final Queue<ServerMessage.Presence> presences = new ConcurrentLinkedQueue<>();

        @Override
        public void entry(Entry entry) {
            long due = first.compareAndSet(0, entry.seq()) ? entry.seq() : last.get() + 1;
            if (entry.seq() != due || !entry.body().equals(text(due))) {
                wrong.add("entry " + entry.seq() + " where " + due + " was due");
            }
            last.set(entry.seq());
        }

        @Override
        public void presence(ServerMessage.Presence presence) {
            presences.add(presence);
        }

        boolean hasHeard(long seq) {
            return last.get() >= seq;
        }

        void assertHeard(long from) {
            assertThat(wrong).isEmpty();
            assertThat(first).hasValue(from);
            assertThat(last).hasValue(ENTRIES);
        }
    }

    @Test
    void whoReadsNothingHoldsUpNobodyIsLetGoAndMissesNothing() throws Exception {
        Counting ann = new Counting();
        Counting bob = new Counting();
        try (ServerProcess server = ServerProcess.start(Map.of("parley.rate", "1000000"), HEAP);
                Line line = new Line(HttpClient.newHttpClient(), server.chat());
                ChatClient talker = ChatClient.connect(
                        server.chat(), ClientOptions.defaults().withListener(ann));
                ChatClient other = ChatClient.connect(
                        server.chat(), ClientOptions.defaults().withListener(bob))) {
            Guest.ends(talker.join(ROOM));
            Guest.ends(other.join(ROOM));
            line.says(new ClientMessage.Hello(Ref.of(1), new UserName("slow"), null, null));
            String session = line.awaits(ServerMessage.Welcome.class).session();
            line.says(new ClientMessage.Join(Ref.of(2), ROOM, null, null, 0));
            String epoch = line.awaits(ServerMessage.Joined.class).epoch();

            for (int said = 0; said < ENTRIES; said += UNDER_WAY) {
                say(talker, said);
                int until = said + UNDER_WAY;
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .pollDelay(Duration.ZERO)
                        .until(() -> ann.hasHeard(until) && bob.hasHeard(until));
            }
            ann.assertHeard(1);
            bob.assertHeard(1);
            ServerMessage.Presence gone = new ServerMessage.Presence(ROOM, new UserName("slow"), false);
            await().atMost(PATIENCE).until(() -> ann.presences.contains(gone) && bob.presences.contains(gone));
            await().atMost(PATIENCE).until(line::isCut);
            comesBack(server, session, epoch);
        }
    }

    private static void say(ChatClient talker, int after) {
        List<CompletionStage<ServerMessage.Said>> replies = new ArrayList<>();
        for (int seq = after + 1; seq <= after + UNDER_WAY; seq++) {
            replies.add(talker.say(ROOM, "m-" + seq, text(seq)));
        }
        replies.forEach(Guest::ends);
    }

    private static void comesBack(ServerProcess server, String session, String epoch) {
        Counting slow = new Counting();
        ClientOptions options = ClientOptions.defaults().withSession(session).withListener(slow);
        try (ChatClient again = ChatClient.connect(server.chat(), options)) {
            ServerMessage.Joined joined = Guest.ends(again.join(ROOM, 0, epoch));
            assertThat(joined.recovered()).isTrue();
            assertThat(again.welcome().user()).isEqualTo(new UserName("slow"));
            await().atMost(PATIENCE).until(() -> slow.hasHeard(ENTRIES));
            slow.assertHeard(1);
        }
    }

    private static Body text(long seq) {
        String start = seq + " ";
        return new Body.Text(start + "x".repeat(ENTRY_CHARS - start.length()));
    }
}
