package dev.parley.faults;

import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.testing.DeafClient;
import dev.parley.testing.DeafClient.End;
import dev.parley.testing.Frame;
import dev.parley.testing.RawClient;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.MessageJson;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;

/** Attacks with what comes in and goes out of one WebSocket: frames, pages and pieces of messages. */
final class FrameAttacks {
    private static final RoomName ROOM = new RoomName("attic");
    private static final int MEBIBYTE = 1 << 20;
    private static final int LARGE = MEBIBYTE - 1_000;
    private static final int PINGS = 10_000;
    private static final int PINGS_BYTES = 16 * MEBIBYTE;
    private static final Duration FLOOD = Duration.ofSeconds(5);
    private static final int READERS = 4;
    private static final int UPLOADS = 5;
    private static final int TOO_SLOW = 4000;
    private static final int UNREAD = 40;
    private static final int PAGES = 20;

    private FrameAttacks() {}

    /** Empty pings, as fast as they go, from one who reads nothing. The server is to end that. */
    static Attack pingFloods() {
        return floods("up to 16 MiB of pings, nothing read", (deaf, findings) -> {
            End end = deaf.flood(pings(), PINGS_BYTES, RawClient.PATIENCE);
            if (end != End.CLOSED) {
                findings.broken("a flood of pings was not ended: %s after %d bytes".formatted(end, deaf.sent()));
            }
        });
    }

    /**
     * The same to a server that answers pings where Parley cannot count them, and whose connections Parley cannot cut. It may
     * end the flood, leave it unread or go on reading it; others are to be served all the same.
     */
    static Attack pingFloodsThatNobodyCounts() {
        return floods("5 s of pings, nothing read", (deaf, findings) -> floodWithPings(deaf));
    }

    private static Attack floods(String faults, BiConsumer<DeafClient, Findings> flood) {
        return new Attack("ping floods", faults, (chat, findings) -> {
            try (DeafClient deaf = new DeafClient(chat)) {
                flood.accept(deaf, findings);
            } catch (UncheckedIOException | AssertionError e) {
                findings.broken("no WebSocket for a flood of pings: " + e);
            }
        });
    }

    /** Sends pings for {@link #FLOOD}, or until the server has taken none for as long, or has closed the connection. */
    static void floodWithPings(DeafClient deaf) {
        byte[] pings = pings();
        long end = System.nanoTime() + FLOOD.toNanos();
        while (System.nanoTime() - end < 0 && deaf.flood(pings, pings.length, FLOOD) == End.SENT) {
            // There is more.
        }
    }

    /** So many that a write of them costs the sender little. */
    private static byte[] pings() {
        byte[] ping = new Frame(true, Frame.PING, new byte[0]).masked();
        ByteBuffer pings = ByteBuffer.allocate(PINGS * ping.length);
        while (pings.hasRemaining()) {
            pings.put(ping);
        }
        return pings.array();
    }

    /** Those who upload after others have taken a large page slowly are honest. */
    static Attack uploadsAfterSlowReaders() {
        return new Attack(
                "uploads after slow readers",
                READERS + " pages read slowly, then " + UPLOADS + " uploads without waiting",
                (chat, findings) -> {
                    upload(chat, 1, findings);
                    for (int i = 0; i < READERS; i++) {
                        try (RawClient slow = RawClient.openUnread(chat)) {
                            slow.send(history());
                            slow.skip(LARGE / 2);
                        } catch (UncheckedIOException e) {
                            findings.broken("a slow reader was not served: " + e);
                        }
                    }
                    upload(chat, UPLOADS, findings);
                });
    }

    private static void upload(URI chat, int count, Findings findings) {
        try {
            if (!isTaken(chat, count)) {
                throw new AssertionError("there was no memory for it");
            }
        } catch (UncheckedIOException | AssertionError e) {
            findings.broken("an upload failed: " + e);
        }
    }

    /** Uploads a picture beside an attack on the memory: where that has none left, it is sent again, as the protocol says. */
    private static void uploadInTheEnd(URI chat, Findings findings) {
        try {
            await().atMost(RawClient.PATIENCE).until(() -> isTaken(chat, 1));
        } catch (UncheckedIOException | AssertionError | ConditionTimeoutException e) {
            findings.broken("an upload failed: " + e);
        }
    }

    /** @return false where the server had no memory for it */
    private static boolean isTaken(URI chat, int count) {
        try (RawClient line = RawClient.open(chat)) {
            line.send("{\"type\":\"join\",\"ref\":1,\"room\":\"" + ROOM + "\",\"limit\":0}");
            for (int i = 0; i < count; i++) {
                line.send(picture(LARGE - i * 150_000, true));
            }
            for (int said = 0; said < count; ) {
                Optional<Frame> next = line.readMessage();
                String text = next.map(Frame::text).orElse("");
                if (line.closeCode() == TOO_SLOW || text.contains("\"unavailable\"")) {
                    return false;
                }
                if (next.isEmpty()) {
                    throw new AssertionError("closed with " + line.closeCode());
                }
                if (text.contains("\"error\"") && !text.contains("\"tooFast\"")) {
                    throw new AssertionError(text);
                }
                said += occurrences(text, "\"said\"") + occurrences(text, "\"tooFast\"");
            }
            return true;
        }
    }

    private static int occurrences(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    /** Pages of 1 MB that nobody reads, and messages of 1 MB that nobody completes. */
    static Attack pagesAndPiecesUnread() {
        return new Attack(
                "pages and pieces unread",
                UNREAD + " ask " + PAGES + " times for 1 MB and read nothing, " + UNREAD + " leave 1 MB unfinished",
                (chat, findings) -> {
                    uploadInTheEnd(chat, findings);
                    List<RawClient> lines = new ArrayList<>();
                    for (int i = 0; i < UNREAD; i++) {
                        open(chat, lines, line -> {
                            for (int page = 0; page < PAGES; page++) {
                                line.send(history());
                            }
                        });
                        open(chat, lines, line -> line.send(picture(LARGE, false)));
                    }
                    lines.forEach(RawClient::close);
                });
    }

    private static void open(URI chat, List<RawClient> lines, Consumer<RawClient> deed) {
        try {
            RawClient line = RawClient.openUnread(chat);
            lines.add(line);
            deed.accept(line);
        } catch (UncheckedIOException ended) {
            // It was its turn to go.
        }
    }

    private static String history() {
        return MessageJson.write(new ClientMessage.History(Ref.of(1), ROOM, null, null, 1));
    }

    private static Frame picture(int size, boolean complete) {
        Body picture = new Body.Attachment("image/png", null, ByteBuffer.wrap(new byte[size]));
        ByteBuffer frame = BinaryFrame.encode(new ClientMessage.Say(Ref.of(3), ROOM, null, picture));
        return new Frame(complete, Frame.BINARY, frame.array());
    }
}
