package dev.parley.client;

import static dev.parley.client.Outcome.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final RoomName TEA = new RoomName("tea");

    private final ListenerThread thread = new ListenerThread(1 << 20, Duration.ofSeconds(10));
    private final Requests requests = new Requests(thread, Duration.ofMinutes(1));

    @AfterEach
    void end() {
        thread.end();
    }

    @Test
    void atTheBoundARequestIsRefusedAsTooFastUntilAnotherOneEnds() {
        IntStream.range(0, 10_000).forEach(i -> assertThat(say("x")).isNotDone());
        assertThat(failure(say("x")).code()).isEqualTo(ErrorCode.TOO_FAST);

        requests.end(new ServerMessage.Said(Ref.of(1), TEA, 1, "id", Instant.EPOCH));
        assertThat(say("there is room again")).isNotDone();
    }

    @Test
    void atTheBoundOfBytesARequestIsRefusedAsTooFast() {
        Body large = new Body.Attachment("image/png", null, ByteBuffer.allocate(6 << 20));
        assertThat(say(large)).isNotDone();
        assertThat(say(large)).isNotDone();

        assertThat(failure(say(large)).code()).isEqualTo(ErrorCode.TOO_FAST);
        assertThat(say("a small one")).isNotDone();
    }

    @Test
    void aServerThatTakesLessThanBeforeFailsWhatIsTooLargeForIt() {
        ReplyFuture<ServerMessage.Said> large = say("x".repeat(2_000));
        ReplyFuture<ServerMessage.Said> small = say("x");
        requests.limit(new Limits(1_000, 1_000, 1_000, 50));

        assertThat(failure(large).code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(small).isNotDone();
        assertThat(requests.next(message -> true)).isNotNull();
        assertThat(requests.hasNext()).isFalse();
    }

    /** It may be stored: the sender may say it again under the same id, but not under another one. */
    @Test
    void ofWhatWasSentBeforeItWasTooLargeNobodyKnowsWhetherItIsStored() {
        ReplyFuture<ServerMessage.Said> sent = say("x".repeat(2_000));
        assertThat(requests.next(message -> true)).isNotNull();
        requests.limit(new Limits(1_000, 1_000, 1_000, 50));

        assertThat(failure(sent).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void norWhereItWasSentOnAConnectionBeforeTheLastOne() {
        ReplyFuture<ServerMessage.Said> sent = say("x".repeat(2_000));
        assertThat(requests.next(message -> true)).isNotNull();
        requests.sendAgain();
        requests.limit(new Limits(1_000, 1_000, 1_000, 50));

        assertThat(failure(sent).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void whatIsLateIsTakenOutAndWhatIsNotIsLeft() {
        long now = System.nanoTime();
        say("x");
        say("y");
        assertThat(requests.late(now + Duration.ofSeconds(59).toNanos())).isEmpty();
        assertThat(requests.late(System.nanoTime() + Duration.ofMinutes(1).toNanos()))
                .hasSize(2);
        assertThat(requests.hasNext()).isFalse();
    }

    @Test
    void aReferenceFailsAloneAndAtOnce() {
        assertThat(failure(say(new Body.Reference("image/png", null, 5))).code())
                .isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(requests.hasNext()).isFalse();
        say("x");
        assertThat(requests.hasNext()).isTrue();
    }

    private ReplyFuture<ServerMessage.Said> say(String text) {
        return say(new Body.Text(text));
    }

    private ReplyFuture<ServerMessage.Said> say(Body body) {
        return requests.add(ServerMessage.Said.class, ref -> new ClientMessage.Say(ref, TEA, "id", body));
    }
}
