package dev.parley.faults;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
                    byte[] requests = ("GET /parley.js HTTP/1.1\r\nHost: " + chat.getAuthority() + "\r\n\r\n")
                            .repeat(REQUESTS)
                            .getBytes(StandardCharsets.US_ASCII);
                    List<Socket> deaf = new ArrayList<>();
                    try {
                        for (int i = 0; i < CONNECTIONS; i++) {
                            Socket socket = new Socket(chat.getHost(), chat.getPort());
                            deaf.add(socket);
                            socket.getOutputStream().write(requests);
                        }
                    } catch (IOException ended) {
                        // It was its turn to go.
                    }
                    Pause.of(WAIT);
                    deaf.forEach(HttpAttacks::close);
                });
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed by the server.
        }
    }
}
