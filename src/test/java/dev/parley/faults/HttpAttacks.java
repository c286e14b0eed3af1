package dev.parley.faults;

import dev.parley.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Attacks with HTTP, by those who never become a WebSocket. */
final class HttpAttacks {
    private static final int CONNECTIONS = 6;
    private static final int REQUESTS = 1_000;
    private static final Duration WAIT = Duration.ofSeconds(1);

    private HttpAttacks() {}

    /** The page, asked for again and again by connections that read nothing. */
    static Attack pagesOfTheServerUnread() {
        return new Attack(
                "answers over HTTP unread",
                CONNECTIONS + " ask for a script " + REQUESTS + " times and read nothing",
                (chat, findings) -> {
                    String requests =
                            ("GET /parley.js HTTP/1.1\r\nHost: " + chat.getAuthority() + "\r\n\r\n").repeat(REQUESTS);
                    List<RawHttp> deaf = new ArrayList<>();
                    try {
                        for (int i = 0; i < CONNECTIONS; i++) {
                            RawHttp http = new RawHttp(chat);
                            deaf.add(http);
                            http.send(requests);
                        }
                    } catch (IOException | UncheckedIOException ended) {
                        // It was its turn to go.
                    }
                    Pause.of(WAIT);
                    deaf.forEach(RawHttp::close);
                });
    }
}
