package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
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

    private static final String ROOM = "market";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whoReadsNothingHoldsUpNobodyIsLetGoAndMissesNothing() {
        try (ServerProcess server = ServerProcess.start(Map.of("parley.rate", "1000000"), HEAP);
                Person talker = Person.at(server.chat());
                Person other = Person.at(server.chat());
                Person slow = Person.on(RawClient.openUnread(server.chat()), Map.of("name", "slow"))) {
            talker.joins(ROOM);
            other.joins(ROOM);
            String epoch = slow.joins(ROOM, Map.of("limit", 0)).getString("epoch");

            for (int said = 0; said < ENTRIES; said += UNDER_WAY) {
                say(talker, said);
                assertHears(talker, said);
                assertHears(other, said);
            }
            talker.seesOnline("slow", false);
            other.seesOnline("slow", false);
            await().atMost(PATIENCE).until(() -> isCut(slow.line()));
            comesBack(server, slow.session(), epoch);
        }
    }

    private static void say(Person talker, int after) {
        for (int seq = after + 1; seq <= after + UNDER_WAY; seq++) {
            talker.sends("say", Map.of("room", ROOM, "id", "m-" + seq, "text", text(seq)));
        }
        for (int i = 0; i < UNDER_WAY; i++) {
            talker.awaits("said");
        }
    }

    private static void assertHears(Person listener, int after) {
        for (int seq = after + 1; seq <= after + UNDER_WAY; seq++) {
            assertIsEntry(listener.hears(1, ROOM).get(0), seq);
        }
    }

    private static void assertIsEntry(JsonObject entry, int seq) {
        assertThat(Messages.seq(entry)).isEqualTo(seq);
        assertThat(entry.getString("text")).isEqualTo(text(seq));
    }

    /** Found by writing: nothing is read. */
    private static boolean isCut(RawClient line) {
        try {
            line.send(new Frame(true, Frame.PING, new byte[0]));
            return false;
        } catch (UncheckedIOException cut) {
            return true;
        }
    }

    private static void comesBack(ServerProcess server, String session, String epoch) {
        try (Person again = Person.at(server.chat(), Map.of("session", session))) {
            JsonObject joined = again.resumes(ROOM, 0, epoch);
            assertThat(joined.getBoolean("recovered")).isTrue();
            assertThat(again.name()).isEqualTo("slow");
            int seq = 0;
            for (JsonObject entry : Messages.entries(joined)) {
                assertIsEntry(entry, ++seq);
            }
            while (seq < ENTRIES) {
                assertIsEntry(again.hears(1, ROOM).get(0), ++seq);
            }
        }
    }

    private static String text(int seq) {
        String start = seq + " ";
        return start + "x".repeat(ENTRY_CHARS - start.length());
    }
}
