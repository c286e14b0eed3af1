package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that ask for much and read nothing: nobody else waits for them. */
@Timeout(60)
class UnreadAnswersIT {
    private static final int REQUESTS = 1_000;
    /** More than wait at a time, and fewer than a connection may have in all. */
    private static final int READ_LATE = 200;
    /** As many as the selectors of a machine with some cores, and more. */
    private static final int DEAF = 12;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Map.of(), "-Xmx128m");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /parley.js", "GET /chat", "TRACE /", "GET /nothing", "HEAD /parley.js"})
    void thoseWhoReadNoAnswersKeepNobodyFromThePageAndTheChat(String request) throws IOException {
        List<Socket> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < DEAF; i++) {
                Socket socket = connect();
                deaf.add(socket);
                socket.getOutputStream().write(requests(request, REQUESTS));
            }
            for (int i = 0; i < DEAF; i++) {
                try (RawHttp newcomer = new RawHttp(page());
                        RawClient talker = RawClient.open(server.chat())) {
                    assertThat(newcomer.ask("GET /index.html HTTP/1.1").status())
                            .isEqualTo(200);
                    talker.send("{\"type\":\"beat\"}");
                    assertThat(talker.readMessage())
                            .map(Frame::text)
                            .hasValueSatisfying(text -> assertThat(text).contains("welcome"));
                }
            }
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    @Test
    void whoReadsAtLastGetsAllAnswersInTheirOrder() throws IOException {
        try (Socket late = connect()) {
            late.getOutputStream().write(requests("GET /parley.js", READ_LATE));
            late.getOutputStream().write(requests("GET /nothing", 1));
            InputStream in = new BufferedInputStream(late.getInputStream());
            for (int i = 0; i < READ_LATE; i++) {
                assertThat(status(in)).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThat(status(in)).startsWith("HTTP/1.1 404");
        }
    }

    /** Reads one answer. */
    private static String status(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        assertThat(in.readNBytes(length)).hasSize(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            assertThat(next).as("after: %s", line).isNotNegative();
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static byte[] requests(String request, int count) {
        return (request + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").repeat(count).getBytes(StandardCharsets.US_ASCII);
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(server.chat().getHost(), server.chat().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static URI page() {
        return URI.create("http://" + server.chat().getAuthority() + "/");
    }
}
