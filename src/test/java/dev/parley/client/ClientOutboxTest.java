package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Limits;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.wire.ClientBinary;
import dev.parley.wire.ClientText;
import jakarta.websocket.EncodeException;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outbox before a container that completes a send when the test says so, or at once. */
class ClientOutboxTest {
    private static final RoomName TEA = new RoomName("tea");

    private final ListenerThread thread = new ListenerThread(1 << 20, Duration.ofSeconds(10));
    private final Requests requests = new Requests(thread, Duration.ofMinutes(1));
    private final List<Object> frames = new CopyOnWriteArrayList<>();
    private final List<SendHandler> inFlight = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final ClientOutbox slow = new ClientOutbox(
            (frame, sent) -> {
                frames.add(frame);
                inFlight.add(sent);
            },
            Runnable::run,
            failures::add,
            requests);

    @AfterEach
    void end() {
        thread.end();
    }

    @Test
    void whatGathersDuringASendLeavesAsOneFrame() {
        slow.flow();
        IntStream.range(0, 4).forEach(i -> offer(slow, "text " + i));
        assertThat(frames).hasSize(1);
        completeNext();

        assertThat(frames).hasSize(2);
        assertThat(texts(frames.get(1))).containsExactly("text 1", "text 2", "text 3");
        completeNext();
        offer(slow, "later");
        assertThat(texts(frames.get(2))).containsExactly("later");
    }

    @Test
    void noBatchIsLargerThanAFrameMayBe() throws EncodeException {
        slow.flow();
        IntStream.range(0, 200).forEach(i -> offer(slow, "\"ä\u0001".repeat(400)));
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
        slow.flow();
        offer(slow, "first");
        offer(slow, "before");
        say(new Body.Attachment("image/png", null, ByteBuffer.wrap(new byte[10])));
        offer(slow, "after");
        IntStream.range(0, 4).forEach(i -> completeNext());

        assertThat(frames).hasSize(4);
        assertThat(texts(frames.get(1))).containsExactly("before");
        assertThat(frames.get(2)).isInstanceOf(ClientBinary.class);
        assertThat(texts(frames.get(3))).containsExactly("after");
    }

    @Test
    void theConnectionsOwnGoesBeforeTheRequestsWhichWaitUntilTheyMayFlow() {
        say("waiting");
        slow.flush();
        assertThat(frames).isEmpty();
        slow.offer(new ClientMessage.Leave(Ref.of("own"), TEA));
        completeNext();
        assertThat(frames).hasSize(1);

        slow.flow();
        assertThat(texts(frames.get(1))).containsExactly("waiting");
    }

    @Test
    void hintsKeepNoRequestFromBeingSentAndAMarkReplacesOlderOnes() {
        slow.flow();
        offer(slow, "in flight");
        slow.hint(new ClientMessage.Read(TEA, 1));
        slow.hint(new ClientMessage.Typing(TEA));
        slow.hint(new ClientMessage.Typing(TEA));
        slow.hint(new ClientMessage.Read(TEA, 2));
        say("waiting");
        completeNext();

        List<ClientMessage> second = ((ClientText) frames.get(1)).messages();
        assertThat(second).hasSize(3);
        assertThat(second.get(0)).isInstanceOf(ClientMessage.Say.class);
        assertThat(second.subList(1, 3)).containsExactly(new ClientMessage.Typing(TEA), new ClientMessage.Read(TEA, 2));
    }

    @Test
    void whatAnEarlierConnectionLeftUnansweredIsSentAgainInItsOrder() {
        slow.flow();
        List<ReplyFuture<ServerMessage.Said>> answers =
                Stream.of("one", "two", "three").map(this::say).toList();
        slow.flush();
        requests.end(new ServerMessage.Said(Ref.of(2), TEA, 1, "id", Instant.EPOCH));
        assertThat(answers.get(1)).isCompleted();
        slow.end();
        ClientOutbox next =
                new ClientOutbox((frame, sent) -> frames.add(frame), Runnable::run, failures::add, requests);
        frames.clear();
        next.flow();

        assertThat(frames.stream().flatMap(frame -> texts(frame).stream())).containsExactly("one", "three");
    }

    @Test
    void noMoreIsUnderWayThanTheServerTakesInASecond() {
        requests.limit(new Limits(65_536, 65_536, 65_536, 3));
        slow.flow();
        IntStream.rangeClosed(1, 5).forEach(i -> say("text " + i));
        slow.flush();
        assertThat(texts(frames.get(0))).containsExactly("text 1", "text 2", "text 3");
        completeNext();
        assertThat(frames).hasSize(1);

        requests.end(new ServerMessage.Said(Ref.of(1), TEA, 1, "id", Instant.EPOCH));
        slow.flush();
        assertThat(texts(frames.get(1))).containsExactly("text 4");
    }

    @Test
    void aSendThatFailsOrIsRefusedIsToldAndNothingFollowsIt() {
        slow.flow();
        offer(slow, "one");
        offer(slow, "two");
        inFlight.remove(0).onResult(new SendResult(new IOException("broken on purpose")));
        assertThat(failures).hasSize(1);
        assertThat(frames).hasSize(1);

        ClientOutbox refusing = new ClientOutbox(
                (frame, sent) -> {
                    throw new IllegalStateException("refused on purpose");
                },
                Runnable::run,
                failures::add,
                requests);
        refusing.flow();
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
                failures::add,
                requests);
        eager.flow();
        List<Thread> speakers = IntStream.range(0, 4)
                .mapToObj(speaker ->
                        new Thread(() -> IntStream.range(0, 1000).forEach(i -> offer(eager, speaker + " " + i))))
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

    private void offer(ClientOutbox outbox, String text) {
        say(text);
        outbox.flush();
    }

    private ReplyFuture<ServerMessage.Said> say(String text) {
        return say(new Body.Text(text));
    }

    private ReplyFuture<ServerMessage.Said> say(Body body) {
        return requests.add(ServerMessage.Said.class, ref -> new ClientMessage.Say(ref, TEA, "id " + ref.text(), body));
    }

    private static List<String> texts(Object frame) {
        return ((ClientText) frame)
                .messages().stream()
                        .map(message -> ((Body.Text) ((ClientMessage.Say) message).body()).value())
                        .toList();
    }
}
