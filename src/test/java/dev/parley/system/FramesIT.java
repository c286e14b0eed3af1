package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Background;
import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one peer can do with frames alone: nothing of it costs the server more memory than one connection may take. */
@Timeout(300)
class FramesIT {
    private static final String ROOM = "frames";
    private static final Map<String, String> PICTURE = Map.of("room", ROOM, "media", "image/png");
    private static final String HISTORY = "{\"type\":\"history\",\"ref\":1,\"room\":\"frames\",\"limit\":1}";
    private static final int MEBIBYTE = 1 << 20;
    /** In bytes: almost as large as a message may be. */
    private static final int LARGE = MEBIBYTE - 1_000;

    private static final int PAGES = 10;
    /** Of empty pings; each costs a server that answers it past all bounds some hundred bytes. */
    private static final int FLOOD = 64 * MEBIBYTE;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Map.of(), "-Xmx96m", "-XX:+ExitOnOutOfMemoryError");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void pingsOfThoseWhoReadNothingTakeNoMemory() {
        byte[] pings = repeated(new Frame(true, Frame.PING, new byte[0]).masked(), 10_000);
        List<RawClient> deaf = IntStream.range(0, 3)
                .mapToObj(i -> RawClient.openUnread(server.chat()))
                .toList();
        List<CompletableFuture<Void>> floods = deaf.stream()
                .map(client -> Background.run(() -> flood(client, pings)))
                .toList();
        try (Person ann = joined()) {
            floods.forEach(CompletableFuture::join);
            assertThat(Messages.seq(ann.says("still here"))).isPositive();
        } finally {
            deaf.forEach(RawClient::close);
        }
    }

    /** Until the server ends the connection, which it does soon. */
    private static void flood(RawClient client, byte[] frames) {
        try {
            for (int sent = 0; sent < FLOOD; sent += frames.length) {
                client.raw(frames);
            }
        } catch (UncheckedIOException ended) {
            return;
        }
        throw new AssertionError("the server took " + FLOOD + " bytes of pings");
    }

    @Test
    void onlyTheNewestPingIsAnsweredToAPeerThatReadsLate() {
        try (Person ann = joined();
                RawClient late = RawClient.openUnread(server.chat())) {
            ann.saysBytes(new byte[LARGE], PICTURE);
            for (int i = 0; i < PAGES; i++) {
                late.send(HISTORY);
            }
            // From here on pages fill the line.
            late.awaitFirst();
            late.raw(pings(1, 50));
            late.readOn();
            List<String> pongs = new ArrayList<>();
            for (int pages = 0; pages < PAGES; ) {
                Frame frame = next(late);
                if (frame.opcode() == Frame.PONG) {
                    pongs.add(frame.text());
                } else if (frame.opcode() == Frame.TEXT && frame.text().contains("\"history\"")) {
                    pages++;
                }
            }
            assertThat(pongs).hasSizeLessThan(25).last().isEqualTo("50");
        }
    }

    private static Frame next(RawClient client) {
        return client.read().orElseThrow(() -> new AssertionError("closed with " + client.closeCode()));
    }

    @Test
    void aThousandPingsAtOnceAreAnsweredInTheirOrderAndTenThousandAreAbuse() {
        try (RawClient client = RawClient.open(server.chat())) {
            client.raw(pings(1, 1_000));
            int last = 0;
            while (last < 1_000) {
                int answered = Integer.parseInt(client.await(Frame.PONG).text());
                assertThat(answered).isGreaterThan(last);
                last = answered;
            }
            client.raw(pings(1, 10_000));
            assertThat(client.awaitClose()).isEqualTo(4400);
        }
    }

    @Test
    void tenThousandPongsThatNobodyAskedForAreAbuse() {
        try (RawClient client = RawClient.open(server.chat())) {
            client.raw(repeated(new Frame(true, Frame.PONG, new byte[1]).masked(), 10_000));
            assertThat(client.awaitClose()).isEqualTo(4400);
        }
    }

    @Test
    void tenThousandFragmentsWithNothingInThemAreAbuse() {
        try (RawClient client = RawClient.open(server.chat())) {
            client.send(new Frame(false, Frame.TEXT, new byte[0]));
            client.raw(repeated(new Frame(false, Frame.CONTINUATION, new byte[0]).masked(), 10_000));
            assertThat(client.awaitClose()).isEqualTo(4400);
        }
    }

    @Test
    void aFrameThatIsTooLargeIsAnsweredBeforeItHasCome() {
        for (int opcode : new int[] {Frame.TEXT, Frame.BINARY}) {
            try (RawClient client = RawClient.open(server.chat())) {
                byte[] frame = new Frame(true, opcode, new byte[2 * MEBIBYTE]).masked();
                client.raw(Arrays.copyOf(frame, 20));
                assertThat(client.awaitClose()).isEqualTo(1009);
            }
        }
    }

    @Test
    void uploadsAfterSlowReadersAreTakenAtAnySize() {
        try (Person ann = joined()) {
            ann.saysBytes(new byte[LARGE], PICTURE);
            for (int i = 0; i < 12; i++) {
                readSlowly();
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < 30; i++) {
                byte[] picture = Messages.picture(ROOM, 100_000 + i * 30_000);
                all.writeBytes(new Frame(true, Frame.BINARY, picture).masked());
            }
            ann.line().raw(all.toByteArray());
            for (int i = 0; i < 30; i++) {
                ann.awaits("said");
            }
        }
    }

    /** Takes half of a page of 1 MB in small bites, and leaves. */
    private static void readSlowly() {
        try (RawClient slow = RawClient.openUnread(server.chat())) {
            slow.send(HISTORY);
            slow.skip(MEBIBYTE / 2);
        }
    }

    private static Person joined() {
        Person ann = Person.at(server.chat());
        ann.joins(ROOM, Map.of("limit", 0));
        return ann;
    }

    private static byte[] pings(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> new Frame(true, Frame.PING, Integer.toString(i).getBytes(StandardCharsets.US_ASCII)))
                .map(Frame::masked)
                .collect(
                        ByteArrayOutputStream::new,
                        ByteArrayOutputStream::writeBytes,
                        (all, more) -> all.writeBytes(more.toByteArray()))
                .toByteArray();
    }

    private static byte[] repeated(byte[] frame, int times) {
        ByteBuffer all = ByteBuffer.allocate(times * frame.length);
        for (int i = 0; i < times; i++) {
            all.put(frame);
        }
        return all.array();
    }
}
