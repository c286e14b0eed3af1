package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Person;
import dev.parley.testing.RawHttp;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        List<RawHttp> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < DEAF; i++) {
                RawHttp http = new RawHttp(server.page());
                deaf.add(http);
                http.send(requests(request, REQUESTS));
            }
            for (int i = 0; i < DEAF; i++) {
                try (RawHttp newcomer = new RawHttp(server.page());
                        Person talker = Person.at(server.chat())) {
                    assertThat(newcomer.ask("GET /index.html HTTP/1.1").status())
                            .isEqualTo(200);
                    talker.sends("beat", Map.of());
                    assertThat(talker.welcome().getString("user")).isNotBlank();
                }
            }
        } finally {
            deaf.forEach(RawHttp::close);
        }
    }

    @Test
    void whoReadsAtLastGetsAllAnswersInTheirOrder() throws IOException {
        try (RawHttp late = new RawHttp(server.page())) {
            late.send(requests("GET /parley.js", READ_LATE) + requests("GET /nothing", 1));
            for (int i = 0; i < READ_LATE; i++) {
                assertThat(late.read().statusLine()).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThat(late.read().statusLine()).startsWith("HTTP/1.1 404");
        }
    }

    private static String requests(String request, int count) {
        return (request + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").repeat(count);
    }
}
