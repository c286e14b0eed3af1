package dev.parley.faults;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.testing.Frame;
import dev.parley.testing.RawClient;
import dev.parley.wire.BinaryFrame;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attacks of strangers who take more than their share, each within the limits of one connection. */
final class ShareAttacks {
    /** Strangers come by a proxy, so that their address is not that of the people who talk. */
    static final Map<String, String> SETTINGS = Map.of(
            "parley.proxies", "127.0.0.1",
            "parley.rate.bytes", "102400",
            "parley.connections", "300",
            "parley.heartbeat", "2000");

    private static final String STRANGER = "X-Forwarded-For: 192.0.2.9";
    private static final String ROOM = "cellar";
    private static final int LARGE = 1_000_000;
    private static final int UPLOADS = 60;
    /** Five minutes of 100 KiB a second, and one for those that are on their way. */
    private static final int SHARE = 32;

    private static final int SILENT = 100;
    private static final int REQUESTS = 100;

    private ShareAttacks() {}

    /** One megabyte after the other, as fast as they go. */
    static Attack fillingTheDisk() {
        return new Attack("a guest who fills the disk", UPLOADS + " MB sent without waiting", (chat, findings) -> {
            try (RawClient line = RawClient.open(chat, STRANGER)) {
                join(line);
                for (int i = 0; i < UPLOADS; i++) {
                    line.send(picture());
                }
                int stored = answers(line, UPLOADS, "\"type\":\"said\"");
                if (stored > SHARE) {
                    findings.broken("one guest stored " + stored + " MB at once");
                }
            } catch (UncheckedIOException ended) {
                // As it may be.
            }
        });
    }

    /** Those who connect and say nothing, and stay. */
    static Attack silence() {
        return new Attack("seats taken by silence", SILENT + " connections that say nothing", (chat, findings) -> {
            List<RawClient> lines = new ArrayList<>();
            try {
                for (int i = 0; i < SILENT; i++) {
                    lines.add(RawClient.ask(chat, STRANGER));
                }
                Pause.of(Duration.ofMillis(500));
            } catch (UncheckedIOException refused) {
                // As it may be.
            } finally {
                lines.forEach(RawClient::close);
            }
        });
    }

    /** Requests of some forty bytes for a megabyte each, all of which is read. */
    static Attack largeAnswers() {
        return new Attack(
                "small requests, large answers", REQUESTS + " requests for a page of 1 MB", (chat, findings) -> {
                    try (RawClient line = RawClient.open(chat, STRANGER)) {
                        join(line);
                        line.send(picture());
                        answers(line, 1, "\"type\":\"said\"");
                        for (int i = 0; i < REQUESTS; i++) {
                            line.send("{\"type\":\"history\",\"ref\":7,\"room\":\"" + ROOM + "\",\"limit\":1}");
                        }
                        int pages = answers(line, REQUESTS, "\"type\":\"history\"");
                        if (pages == REQUESTS) {
                            findings.broken("one guest was given " + pages + " MB at once");
                        }
                    } catch (UncheckedIOException ended) {
                        // As it may be.
                    }
                });
    }

    private static void join(RawClient line) {
        line.send("{\"type\":\"join\",\"ref\":7,\"room\":\"" + ROOM + "\",\"limit\":0}");
        answers(line, 1, "\"type\":\"joined\"");
    }

    private static Frame picture() {
        Body picture = new Body.Attachment("image/png", null, ByteBuffer.wrap(new byte[LARGE]));
        ClientMessage.Say say = new ClientMessage.Say(Ref.of(7), new RoomName(ROOM), null, picture);
        return new Frame(true, Frame.BINARY, BinaryFrame.encode(say).array());
    }

    /** Reads so many answers. @return how many of them have this part */
    private static int answers(RawClient line, int count, String part) {
        int found = 0;
        for (int heard = 0; heard < count; ) {
            Optional<Frame> next = line.readMessage();
            if (next.isEmpty()) {
                return found;
            }
            if (next.get().opcode() != Frame.TEXT) {
                continue;
            }
            String text = next.get().text();
            heard += occurrences(text, "\"ref\":7");
            found += occurrences(text, part);
        }
        return found;
    }

    private static int occurrences(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
