package dev.parley.faults;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
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
    private static final int REF = 7;
    private static final Map<String, Object> PICTURE = Map.of("ref", REF, "room", ROOM, "media", "image/png");
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
            try (Person guest = stranger(chat)) {
                for (int i = 0; i < UPLOADS; i++) {
                    guest.sendsBytes(new byte[LARGE], PICTURE);
                }
                int stored = answers(guest, UPLOADS, "said");
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
                    try (Person guest = stranger(chat)) {
                        guest.sendsBytes(new byte[LARGE], PICTURE);
                        answers(guest, 1, "said");
                        for (int i = 0; i < REQUESTS; i++) {
                            guest.sends("history", Map.of("ref", REF, "room", ROOM, "limit", 1));
                        }
                        int pages = answers(guest, REQUESTS, "history");
                        if (pages == REQUESTS) {
                            findings.broken("one guest was given " + pages + " MB at once");
                        }
                    } catch (UncheckedIOException ended) {
                        // As it may be.
                    }
                });
    }

    /** Has asked to join. */
    private static Person stranger(URI chat) {
        Person person = Person.on(RawClient.open(chat, STRANGER));
        person.sends("join", Map.of("ref", REF, "room", ROOM, "limit", 0));
        answers(person, 1, "joined");
        return person;
    }

    /** Reads so many answers, as long as the connection lasts. @return how many of them are of this type */
    private static int answers(Person person, int count, String type) {
        int found = 0;
        for (int heard = 0; heard < count; ) {
            Optional<JsonObject> next = person.awaitsUnlessClosed("an answer", message -> true);
            if (next.isEmpty()) {
                return found;
            }
            if (next.get().containsKey("ref")) {
                heard++;
                found += Messages.is(next.get(), type) ? 1 : 0;
            }
        }
        return found;
    }
}
