package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many connections that each hold what one may hold: together they would need several times the heap of this server. */
@Timeout(300)
class MemoryBudgetIT {
    private static final String[] HEAP = {"-Xmx96m", "-XX:+ExitOnOutOfMemoryError"};
    private static final String ROOM = "attic";
    private static final Map<String, String> PICTURE = Map.of("room", ROOM, "media", "image/png");
    /** In bytes: almost as large as a message may be. */
    private static final int LARGE = (1 << 20) - 1_000;

    private static final int CROWD = 150;
    private static final int NEWCOMERS = 20;

    private ServerProcess server;
    private final List<RawClient> crowd = new ArrayList<>();

    @BeforeEach
    void start() {
        server = ServerProcess.start(Map.of("parley.heartbeat", "5000"), HEAP);
    }

    @AfterEach
    void stop() {
        crowd.forEach(RawClient::close);
        server.close();
    }

    @Test
    void pagesThatNobodyReadsAreNotReadWhileThereIsNoMemoryAndNewcomersAreServed() {
        try (Person ann = joined()) {
            ann.saysBytes(new byte[LARGE], PICTURE);
        }
        for (int i = 0; i < CROWD; i++) {
            RawClient deaf = RawClient.openUnread(server.chat());
            crowd.add(deaf);
            for (int page = 0; page < 20; page++) {
                deaf.send("{\"type\":\"history\",\"ref\":1,\"room\":\"attic\",\"limit\":1}");
            }
        }
        newcomersAreServed();
    }

    @Test
    void messagesThatAreNeverCompleteTakeABoundedPartOfTheHeap() {
        for (int i = 0; i < CROWD; i++) {
            RawClient half = RawClient.open(server.chat());
            crowd.add(half);
            try {
                half.send(new Frame(false, Frame.BINARY, Messages.picture(ROOM, LARGE)));
            } catch (UncheckedIOException closed) {
                // Its turn to go has come already.
            }
        }
        newcomersAreServed();
    }

    @Test
    void aMessageMustBeCompleteWithinTwoHeartbeats() {
        try (RawClient slow = RawClient.open(server.chat())) {
            slow.send(new Frame(false, Frame.TEXT, new byte[] {'{'}));
            assertThat(slow.awaitClose()).isEqualTo(4000);
        }
    }

    private void newcomersAreServed() {
        for (int i = 0; i < NEWCOMERS; i++) {
            try (Person newcomer = joined()) {
                assertThat(Messages.seq(newcomer.says("hello " + i))).isPositive();
            }
        }
    }

    private Person joined() {
        Person person = Person.at(server.chat());
        person.joins(ROOM, Map.of("limit", 0));
        return person;
    }
}
