package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpAnswer;
import dev.parley.testing.RawClient;
import dev.parley.testing.RawHttp;
import dev.parley.testing.ServerProcess;
import dev.parley.webapp.PageHeaders;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the one port answers to plain HTTP, and to handshakes that are none. */
class HttpIT {
    private static final String[] HANDSHAKE = {
        "GET /chat HTTP/1.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13"
    };

    private static ServerProcess server;

    private RawHttp http;

    @BeforeAll
    static void start() {
        server = ServerProcess.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        http = new RawHttp(server.page());
    }

    @AfterEach
    void disconnect() {
        http.close();
    }

    @Test
    void theHandshakeOfTheRfcIsAnswered() throws IOException {
        HttpAnswer answer = http.ask(HANDSHAKE);

        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.headers()).containsEntry("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @Test
    void aPlainGetOfTheEndpointIsToldToUpgradeAndTheConnectionGoesOn() throws IOException {
        assertThatAnUpgradeIsRequired(http.ask("GET /chat HTTP/1.1"));
        assertThatAnUpgradeIsRequired(http.ask("GET /chat?room=lobby HTTP/1.1"));
        assertThat(http.ask("GET / HTTP/1.1").status()).isEqualTo(200);
    }

    @Test
    void aPostToTheEndpointIsToldToUpgradeAndTheConnectionGoesOn() throws IOException {
        assertThatAnUpgradeIsRequired(http.askWithBody("hello", "POST /chat HTTP/1.1", "Content-Length: 5"));
        assertThat(http.ask("GET / HTTP/1.1").status()).isEqualTo(200);
    }

    @Test
    void anUpgradeThatTheConnectionHeaderDoesNotNameIsNone() throws IOException {
        assertThatAnUpgradeIsRequired(http.ask(without("Connection:")));
    }

    @Test
    void anotherVersionOfTheProtocolIsRefused() throws IOException {
        String[] request = with("Sec-WebSocket-Version: 8", without("Sec-WebSocket-Version:"));

        assertThatAnUpgradeIsRequired(http.ask(request));
    }

    @Test
    void aHandshakeWithoutAKeyIsRefused() throws IOException {
        assertThat(http.ask(without("Sec-WebSocket-Key:")).status()).isEqualTo(400);
        assertThat(http.isOver()).isTrue();
    }

    @Test
    void aHandshakeForAnotherProtocolTooIsRefused() throws IOException {
        HttpAnswer answer = http.ask(with("Upgrade: websocket, h2c", without("Upgrade:")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(http.isOver()).isTrue();
    }

    @Test
    void aForeignPageIsRefused() throws IOException {
        HttpAnswer answer = http.ask(with("Origin: https://foreign.example", HANDSHAKE));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("parley.origins");
        assertThat(http.isOver()).isTrue();
    }

    /** The page of a name that its owner let point to this server. */
    @Test
    void aPageThatCameByANameOfAnotherIsRefused() {
        try (RawClient rebound =
                RawClient.ask(server.chat(), "Host: evil.example:8080", "Origin: http://evil.example:8080")) {
            assertThat(rebound.status()).isEqualTo(421);
            assertThat(rebound.body()).contains("parley.hosts").doesNotContain("<");
        }
        try (RawClient local =
                RawClient.ask(server.chat(), "Host: parley.localhost:8080", "Origin: http://parley.localhost:8080")) {
            assertThat(local.status()).isEqualTo(101);
        }
    }

    @Test
    void aHandshakeWithTwoHostsIsRefused() throws IOException {
        assertThat(http.ask(with("Host: evil.example", HANDSHAKE)).status()).isEqualTo(400);
    }

    /** RFC 9112 section 3.2.2: the host in the first line counts, and Host does not. */
    @ParameterizedTest
    @CsvSource({
        "OURS, OURS, OURS, 101",
        "OURS, evil.example, OURS, 101",
        "OURS, evil.example, evil.example, 403",
        "evil.example, OURS, evil.example, 421",
        "evil.example, OURS, OURS, 421",
        "user@OURS, OURS, OURS, 421"
    })
    void theHostOfAnAddressInFullStandsForTheHeader(String address, String host, String origin, int status)
            throws IOException {
        String[] request = with("Origin: http://" + ours(origin), with("Host: " + ours(host), HANDSHAKE));
        request[0] = "GET http://" + ours(address) + "/chat HTTP/1.1";

        assertThat(http.askWithHost(request).status()).isEqualTo(status);
    }

    private static String ours(String host) {
        return host.replace("OURS", server.page().getAuthority());
    }

    @Test
    void thePageIsServedByItsAddressInFull() throws IOException {
        assertThat(http.ask("GET " + server.page() + " HTTP/1.1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/chat", "/nothing"})
    void whoAsksBeforeSendingABodyGetsTheFinalAnswerAtOnce(String path) throws IOException {
        HttpAnswer answer = http.ask("POST " + path + " HTTP/1.1", "Content-Length: 5", "Expect: 100-continue");

        assertThat(answer.status()).isIn(405, 426);
        assertThat(answer.headers()).containsEntry("Connection", "close");
        assertThat(http.isOver()).isTrue();
    }

    @Test
    void thePageOfTheServerItselfIsLetIn() throws IOException {
        String origin = "http://" + server.page().getAuthority();

        assertThat(http.ask(with("Origin: " + origin, HANDSHAKE)).status()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat/", "/%63hat", "/chat;a=b", "/other"})
    void thereIsNoOtherWayToTheEndpoint(String path) throws IOException {
        String[] request = with("Origin: https://foreign.example", HANDSHAKE);
        request[0] = "GET " + path + " HTTP/1.1";

        assertThat(http.ask(request).status()).isEqualTo(404);
    }

    @Test
    void thePageIsServed() throws IOException {
        HttpAnswer answer = http.ask("GET / HTTP/1.1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Content-Type", "text/html; charset=utf-8");
        assertThat(answer.headers()).containsAllEntriesOf(PageHeaders.headers());
        assertThat(answer.body()).contains("<title>Parley");
    }

    @Test
    void thePageIsNotSentAgainWhenItIsStillTheSame() throws IOException {
        String tag = http.ask("GET / HTTP/1.1").headers().get("ETag");

        assertThat(http.ask("GET / HTTP/1.1", "If-None-Match: " + tag).status()).isEqualTo(304);
    }

    @Test
    void thePageIsCompressedForThoseWhoTakeThat() throws IOException {
        HttpAnswer plain = http.ask("GET / HTTP/1.1");
        HttpAnswer compressed = http.ask("GET / HTTP/1.1", "Accept-Encoding: br, gzip");

        assertThat(compressed.headers()).containsEntry("Content-Encoding", "gzip");
        assertThat(compressed.headers().get("ETag"))
                .isNotEqualTo(plain.headers().get("ETag"));
        assertThat(length(compressed)).isLessThan(length(plain));
    }

    @Test
    void thePageCanOnlyBeRead() throws IOException {
        HttpAnswer answer = http.ask("DELETE / HTTP/1.1");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/jboss-web.xml",
                "/META-INF/MANIFEST.MF",
                "/dev/parley/standalone/launch/Launch.class",
                "/../lock",
                "/%2e%2e/lock",
                "/..%2flock",
                "/..\\lock",
                "/%zz",
                "//",
                "/absent"
            })
    void nothingElseIsServed(String path) throws IOException {
        HttpAnswer answer = http.ask("GET " + path + " HTTP/1.1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("There is nothing here.\n");
    }

    private static int length(HttpAnswer answer) {
        return Integer.parseInt(answer.headers().get("Content-Length"));
    }

    private static void assertThatAnUpgradeIsRequired(HttpAnswer answer) {
        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.headers()).containsEntry("Upgrade", "websocket").containsEntry("Sec-WebSocket-Version", "13");
        assertThat(answer.body()).contains("WebSocket");
    }

    private static String[] without(String header) {
        return Arrays.stream(HANDSHAKE).filter(line -> !line.startsWith(header)).toArray(String[]::new);
    }

    private static String[] with(String header, String[] request) {
        return Stream.concat(Arrays.stream(request), Stream.of(header)).toArray(String[]::new);
    }
}
