package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.wire.ClientBinary;
import dev.parley.wire.ClientText;
import jakarta.websocket.EncodeException;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The outbox before a container that completes a send when the test says so, or at once. */
class ClientOutboxTest {
    private static final RoomName TEA = new RoomName("tea");

    private final List<Object> frames = new CopyOnWriteArrayList<>();
    private final List<SendHandler> inFlight = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final ClientOutbox slow = new ClientOutbox(
            (frame, sent) -> {
                frames.add(frame);
                inFlight.add(sent);
            },
            Runnable::run,
            failures::add);

    @Test
    void whatGathersDuringASendLeavesAsOneFrame() {
        IntStream.range(0, 4).forEach(i -> slow.offer(say("text " + i)));
        assertThat(frames).hasSize(1);
        completeNext();

        assertThat(frames).hasSize(2);
        assertThat(texts(frames.get(1))).containsExactly("text 1", "text 2", "text 3");
        completeNext();
        slow.offer(say("later"));
        assertThat(texts(frames.get(2))).containsExactly("later");
    }

    @Test
    void noBatchIsLargerThanAFrameMayBe() throws EncodeException {
        IntStream.range(0, 200).forEach(i -> slow.offer(say("\"ä\u0001".repeat(400))));
        while (!inFlight.isEmpty()) {
            completeNext();
        }

        int messages = 0;
        for (Object frame : frames) {
            String json = new ClientText.Encoder().encode((ClientText) frame);
            assertThat(json.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(60_000);
            messages += ((ClientText) frame).messages().size();
        }
        assertThat(messages).isEqualTo(200);
        assertThat(frames).hasSizeLessThan(100);
    }

    @Test
    void attachmentsKeepTheirPlaceInTheOrder() {
        slow.offer(say("first"));
        slow.offer(say("before"));
        slow.offer(new ClientMessage.Say(
                null, TEA, "id", new Body.Attachment("image/png", null, ByteBuffer.wrap(new byte[10]))));
        slow.offer(say("after"));
        IntStream.range(0, 4).forEach(i -> completeNext());

        assertThat(frames).hasSize(4);
        assertThat(texts(frames.get(1))).containsExactly("before");
        assertThat(frames.get(2)).isInstanceOf(ClientBinary.class);
        assertThat(texts(frames.get(3))).containsExactly("after");
    }

    @Test
    void atTheBoundMessagesAreRefusedAsTooFast() {
        IntStream.rangeClosed(0, 10_000).forEach(i -> slow.offer(say("x")));

        assertThatThrownBy(() -> slow.offer(say("x")))
                .extracting(thrown -> ((ParleyException) thrown).code())
                .isEqualTo(ErrorCode.TOO_FAST);
        completeNext();
        slow.offer(say("there is room again"));
    }

    @Test
    void atTheBoundOfBytesMessagesAreRefusedAsTooFast() {
        ClientMessage large = new ClientMessage.Say(
                null, TEA, null, new Body.Attachment("image/png", null, ByteBuffer.allocate(6 << 20)));
        IntStream.range(0, 3).forEach(i -> slow.offer(large));

        assertThatThrownBy(() -> slow.offer(large))
                .extracting(thrown -> ((ParleyException) thrown).code())
                .isEqualTo(ErrorCode.TOO_FAST);
    }

    @Test
    void aSendThatFailsOrIsRefusedIsToldAndNothingFollowsIt() {
        slow.offer(say("one"));
        slow.offer(say("two"));
        inFlight.remove(0).onResult(new SendResult(new IOException("broken on purpose")));
        assertThat(failures).hasSize(1);
        assertThat(frames).hasSize(1);

        ClientOutbox refusing = new ClientOutbox(
                (frame, sent) -> {
                    throw new IllegalStateException("refused on purpose");
                },
                Runnable::run,
                failures::add);
        refusing.offer(say("three"));
        assertThat(failures).hasSize(2);
    }

    @Test
    void nothingIsLostAndNoSendOverlapsWhereSendsCompleteInTheirCall() throws InterruptedException {
        List<Integer> overlaps = new CopyOnWriteArrayList<>();
        AtomicInteger running = new AtomicInteger();
        ClientOutbox eager = new ClientOutbox(
                (frame, sent) -> {
                    if (running.incrementAndGet() > 1) {
                        overlaps.add(running.get());
                    }
                    frames.add(frame);
                    running.decrementAndGet();
                    sent.onResult(new SendResult());
                },
                new Courier(),
                failures::add);
        List<Thread> speakers = IntStream.range(0, 4)
                .mapToObj(speaker ->
                        new Thread(() -> IntStream.range(0, 1000).forEach(i -> eager.offer(say(speaker + " " + i)))))
                .toList();
        speakers.forEach(Thread::start);
        for (Thread speaker : speakers) {
            speaker.join();
        }

        await().until(() -> said().size() == 4000);
        assertThat(overlaps).isEmpty();
        assertThat(said().stream().filter(text -> text.startsWith("2 ")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(i -> "2 " + i).toList());
    }

    private List<String> said() {
        return frames.stream().flatMap(frame -> texts(frame).stream()).toList();
    }

    private void completeNext() {
        inFlight.remove(0).onResult(new SendResult());
    }

    private static ClientMessage say(String text) {
        return new ClientMessage.Say(null, TEA, null, new Body.Text(text));
    }

    private static List<String> texts(Object frame) {
        return ((ClientText) frame)
                .messages().stream()
                        .map(message -> ((Body.Text) ((ClientMessage.Say) message).body()).value())
                        .toList();
    }
}
