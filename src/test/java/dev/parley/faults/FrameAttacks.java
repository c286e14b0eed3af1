package dev.parley.faults;

import static org.awaitility.Awaitility.await;

import dev.parley.testing.FloodEnd;
import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;

/** Attacks with what comes in and goes out of one WebSocket: frames, pages and pieces of messages. */
final class FrameAttacks {
    private static final String ROOM = "attic";
    private static final String HISTORY = "{\"type\":\"history\",\"ref\":1,\"room\":\"attic\",\"limit\":1}";
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
            FloodEnd end = deaf.flood(pings(), PINGS_BYTES, RawClient.PATIENCE);
            if (end != FloodEnd.CLOSED) {
                findings.broken("a flood of pings was not ended: %s after %d bytes".formatted(end, deaf.flooded()));
            }
        });
    }

    /**
     * The same to a server that answers pings where Parley cannot count them. Parley cuts the flood after two heartbeats;
     * until then the server may leave it unread or read it. Others are to be served all the same.
     */
    static Attack pingFloodsThatNobodyCounts() {
        return floods("5 s of pings, nothing read", (deaf, findings) -> floodWithPings(deaf));
    }

    private static Attack floods(String faults, BiConsumer<RawClient, Findings> flood) {
        return new Attack("ping floods", faults, (chat, findings) -> {
            try (RawClient deaf = RawClient.openUnread(chat)) {
                flood.accept(deaf, findings);
            } catch (UncheckedIOException | AssertionError e) {
                findings.broken("no WebSocket for a flood of pings: " + e);
            }
        });
    }

    /** Sends pings for {@link #FLOOD}, or until the server has taken none for as long, or has closed the connection. */
    static void floodWithPings(RawClient deaf) {
        byte[] pings = pings();
        long end = System.nanoTime() + FLOOD.toNanos();
        while (System.nanoTime() - end < 0 && deaf.flood(pings, pings.length, FLOOD) == FloodEnd.SENT) {
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
                            slow.send(HISTORY);
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
        try (Person person = Person.at(chat)) {
            person.sends("join", Map.of("room", ROOM, "limit", 0));
            for (int i = 0; i < count; i++) {
                Map<String, Object> header = Map.of("ref", i, "room", ROOM, "media", "image/png");
                person.sendsBytes(new byte[LARGE - i * 150_000], header);
            }
            for (int answered = 0; answered < count; ) {
                Optional<JsonObject> next = person.awaitsUnlessClosed("an answer", message -> true);
                String code = next.map(message -> message.getString("code", "")).orElse("");
                if (person.line().closeCode() == TOO_SLOW || code.equals("unavailable")) {
                    return false;
                }
                if (next.isEmpty()) {
                    throw new AssertionError("closed with " + person.line().closeCode());
                }
                boolean isTooFast = code.equals("tooFast");
                if (Messages.is(next.get(), "error") && !isTooFast) {
                    throw new AssertionError(next.get().toString());
                }
                answered += Messages.is(next.get(), "said") || isTooFast ? 1 : 0;
            }
            return true;
        }
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
                                line.send(HISTORY);
                            }
                        });
                        open(
                                chat,
                                lines,
                                line -> line.send(new Frame(false, Frame.BINARY, Messages.picture(ROOM, LARGE))));
                    }
                    lines.forEach(RawClient::close);
                });
    }

    private static void open(URI chat, List<RawClient> lines, Consumer<RawClient> deed) {
        try {
            RawClient line = RawClient.openUnread(chat);
            lines.add(line);
            deed.accept(line);
        } catch (UncheckedIOException | AssertionError ended) {
            // It was its turn to go, or not its turn to come.
        }
    }
}
