package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.Frame;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.MessageJson;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
    private static final RoomName ROOM = new RoomName("attic");
    private static final int MEBIBYTE = 1 << 20;
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
        try (Caller ann = joined()) {
            ann.line().send(picture(MEBIBYTE - 1_000, true));
            ann.awaits(ServerMessage.Said.class);
        }
        for (int i = 0; i < CROWD; i++) {
            RawClient deaf = RawClient.openUnread(server.chat());
            crowd.add(deaf);
            for (int page = 0; page < 20; page++) {
                deaf.send(MessageJson.write(new ClientMessage.History(Ref.of(page), ROOM, null, null, 1)));
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
                half.send(picture(MEBIBYTE - 1_000, false));
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
            try (Caller newcomer = joined()) {
                newcomer.says(new ClientMessage.Say(Ref.of(2), ROOM, null, new Body.Text("hello " + i)));
                assertThat(newcomer.awaits(ServerMessage.Said.class).seq()).isPositive();
            }
        }
    }

    private Caller joined() {
        Caller caller = new Caller(server.chat());
        caller.says(new ClientMessage.Join(Ref.of(1), ROOM, null, null, 0));
        caller.awaits(ServerMessage.Joined.class);
        return caller;
    }

    private static Frame picture(int size, boolean complete) {
        Body picture = new Body.Attachment("image/png", null, ByteBuffer.wrap(new byte[size]));
        ByteBuffer frame = BinaryFrame.encode(new ClientMessage.Say(Ref.of(3), ROOM, null, picture));
        return new Frame(complete, Frame.BINARY, frame.array());
    }
}
