package dev.parley.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.loop.Loops;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An outbox before a socket that takes what it is given when the test says so. */
class OutboxTest {
    private static final int BOUND = 4_096;

    private final Loops loops = new Loops(1, task -> new Thread(task, "loop"));
    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();
    private final AtomicInteger tooSlow = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final FrameWriter frames = new FrameWriter(null, (bytes, written) -> writes.add(new Write(bytes, written)));
    private final Outbox.Troubles troubles = new Outbox.Troubles() {
        @Override
        public void tooSlow() {
            tooSlow.incrementAndGet();
        }

        @Override
        public void broken(Throwable cause) {
            broken.incrementAndGet();
        }
    };
    private final Outbox outbox = new Outbox(frames, loops.of(0), BOUND, budget, troubles);

    private record Write(ByteBuffer bytes, SendHandler written) {
        boolean has(String text) {
            return text().contains(text);
        }

        /** How often it has this text. */
        int count(String text) {
            return text().split(text, -1).length - 1;
        }

        private String text() {
            return new String(bytes.array(), bytes.position(), bytes.remaining(), UTF_8);
        }

        void succeeds() {
            written.onResult(new SendResult());
        }
    }

    @AfterEach
    void end() {
        loops.close();
    }

    @Test
    void oneSendIsUnderWayAndWhatGathersMeanwhileLeavesAsOneFrame() throws Exception {
        outbox.add(typing("one"));
        Write first = next();
        outbox.add(typing("two"));
        outbox.add(typing("three"));
        assertThat(writes).isEmpty();
        first.succeeds();
        Write second = next();
        assertThat(first.has("one")).isTrue();
        assertThat(second.has("two")).isTrue();
        assertThat(second.has("three")).isTrue();
    }

    @Test
    void offersAreRefusedFromHalfTheBoundOnAndTakenAgainWhenThereIsRoom() throws Exception {
        int taken = fill();
        assertThat(taken).isPositive();
        assertThat(outbox.isFull()).isTrue();
        assertThat(outbox.unsent()).isLessThanOrEqualTo(BOUND);
        while (outbox.unsent() > 0) {
            next().succeeds();
            await().until(() -> outbox.unsent() == 0 || !writes.isEmpty());
        }
        await().until(() -> !outbox.isFull());
        assertThat(outbox.offer(typing("again"))).isTrue();
        assertThat(tooSlow).hasValue(0);
    }

    @Test
    void theNextPageIsReadWhenTheLastFrameIsSent() throws Exception {
        outbox.add(large(BOUND / 4));
        Write last = next();
        AtomicInteger page = new AtomicInteger();
        outbox.whenReady(page::incrementAndGet);
        assertThat(page).hasValue(0);
        last.succeeds();
        await().untilAtomic(page, is(1));
    }

    @Test
    void readingContinuesWhenTheLastFrameIsSent() throws Exception {
        outbox.add(large(BOUND));
        Write last = next();
        AtomicInteger reading = new AtomicInteger();
        assertThat(outbox.resumeReading(reading::incrementAndGet)).isTrue();
        assertThat(reading).hasValue(0);
        last.succeeds();
        await().untilAtomic(reading, is(1));
    }

    @Test
    void theFarewellIsSentAfterTheFrameInFlight() throws Exception {
        outbox.add(typing("first"));
        Write first = next();
        AtomicInteger after = new AtomicInteger();
        outbox.finish(typing("farewell"), after::incrementAndGet);
        first.succeeds();
        Write farewell = next();
        assertThat(farewell.has("farewell")).isTrue();
        farewell.succeeds();
        await().untilAtomic(after, is(1));
    }

    @Test
    void answersThatNobodyTakesMakeThePeerTooSlowAndNothingIsHeldForIt() {
        while (tooSlow.get() == 0) {
            outbox.add(typing("answer"));
            // Four times the bound may wait, behind what left at once before.
            assertThat(outbox.unsent()).isLessThanOrEqualTo(2 * 4L * BOUND);
        }
        outbox.discard();
        assertThat(outbox.unsent()).isZero();
        assertThat(budget.left()).isEqualTo(1 << 20);
    }

    @Test
    void ofHintsOfOneKindOnlyTheNewestIsSent() throws Exception {
        outbox.add(typing("first"));
        Write first = next();
        outbox.hint("typing", typing("older"));
        outbox.hint("typing", typing("newer"));
        first.succeeds();
        Write second = next();
        assertThat(second.has("newer")).isTrue();
        assertThat(second.has("older")).isFalse();
    }

    @Test
    void hintsAreJoinedIntoFramesThatClientsTakeHoweverManyWait() throws Exception {
        Outbox large = new Outbox(frames, loops.of(0), 16 << 20, budget, troubles);
        large.add(typing("first"));
        Write write = next();
        int hints = 20_000;
        for (int i = 0; i < hints; i++) {
            large.hint(i, typing("user-" + i));
        }
        int sent = 0;
        while (sent < hints) {
            write.succeeds();
            write = next();
            assertThat(write.bytes().remaining()).isLessThan(128 << 10);
            sent += write.count("user-");
        }
        assertThat(sent).isEqualTo(hints);
    }

    @Test
    void onlyTheNewestPongIsOwed() throws Exception {
        outbox.add(typing("first"));
        Write first = next();
        for (String payload : List.of("1st", "2nd", "3rd")) {
            outbox.pong(ByteBuffer.wrap(payload.getBytes(UTF_8)));
        }
        first.succeeds();
        Write pong = next();
        assertThat(pong.has("3rd")).isTrue();
        pong.succeeds();
        outbox.add(typing("last"));
        assertThat(next().has("last")).isTrue();
    }

    @Test
    void theFarewellIsTheLastThatIsSent() throws Exception {
        AtomicInteger after = new AtomicInteger();
        outbox.add(typing("before"));
        outbox.finish(typing("farewell"), after::incrementAndGet);
        outbox.add(typing("behind"));
        Write frame = next();
        if (!frame.has("farewell")) {
            assertThat(after).hasValue(0);
            frame.succeeds();
            frame = next();
        }
        assertThat(frame.has("farewell")).isTrue();
        assertThat(frame.has("behind")).isFalse();
        frame.succeeds();
        await().untilAtomic(after, is(1));
    }

    @Test
    void aSendThatFailsIsToldOnceAndNothingIsSentAfterIt() throws Exception {
        outbox.add(typing("one"));
        Write first = next();
        outbox.add(typing("two"));
        first.written().onResult(new SendResult(new IOException("the peer has gone")));
        assertThat(broken).hasValue(1);
        outbox.add(typing("three"));
        assertThat(outbox.unsent()).isZero();
        assertThat(budget.left()).isEqualTo(1 << 20);
    }

    /** @return how many offers were taken */
    private int fill() {
        int taken = 0;
        while (outbox.offer(typing("offer"))) {
            taken++;
        }
        return taken;
    }

    private Write next() throws InterruptedException {
        Write write = writes.poll(30, TimeUnit.SECONDS);
        assertThat(write).isNotNull();
        return write;
    }

    /** A frame with at least this many bytes. */
    private static OutgoingFrame large(int bytes) {
        return OutgoingFrame.of(new ServerMessage.Error(null, ErrorCode.BAD_REQUEST, "x".repeat(bytes)));
    }

    private static OutgoingFrame typing(String user) {
        return OutgoingFrame.of(new ServerMessage.Typing(new RoomName("garden"), new UserName(user)));
    }
}
