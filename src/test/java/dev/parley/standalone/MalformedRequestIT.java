package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.RawHttp;
import dev.parley.testing.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two servers read in two ways, or none can read: each is answered 400, and fills no log. */
class MalformedRequestIT {
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Map.of("parley.limit.head", "4096"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -4\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 34\r\n\r\nGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost : b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
                "GET /\r\n\r\n",
                "GET /\r\nHost: a\r\n\r\n",
                "GET / \r\nHost: a\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                "GET / HTTP/11\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.20\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.2\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / x HTTP/1.1\r\nHost: a\r\n\r\n",
                "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\nabcd",
                "GET /chat HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + UPGRADE + "\r\n",
                "GET /chat HTTP/1.1\nHost: a\r\n" + UPGRADE + "\r\n"
            })
    void isAnswered400AndTheConnectionEnds(String request) throws IOException {
        assertThat(answer(request)).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/0.9\r\nHost: a\r\n\r\n",
                "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET /chat HTTP/2.0\r\nHost: a\r\n" + UPGRADE + "\r\n",
                "GET / HTTP/3.0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void aVersionThatIsNotSpokenIsAnswered505AndTheConnectionEnds(String request) throws IOException {
        assertThat(answer(request))
                .startsWith("HTTP/1.1 505 ")
                .contains("\r\nConnection: close\r\n")
                .endsWith("This server speaks HTTP/1.1 and HTTP/1.0.\n");
    }

    @Test
    void anOlderVersionNeedsNoHost() throws IOException {
        assertThat(answer("GET /nothing HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    }

    /** RFC 9110 section 2.5: whoever sends it can do with 1.1. */
    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.9"})
    void aLaterMinorVersionIsTakenForTheLatestThatIsSpoken(String version) throws IOException {
        assertThat(answer("GET /nothing HTTP/" + version + "\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ");
        try (RawHttp line = new RawHttp(server.page())) {
            assertThat(line.ask(("GET /chat HTTP/" + version + "\r\n" + UPGRADE).strip())
                            .status())
                    .isEqualTo(101);
        }
    }

    /** Nobody knows whether that is another request or of the other protocol. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /nothing HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\n\r\nGET /hidden HTTP/1.1\nHost: a\n\n",
                "GET /nothing HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\n\r\nGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: a\r\nUpgrade:\r\n\r\nGET /hidden HTTP/1.1\nHost: a\n\n",
                "POST /nothing HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nContent-Length: 34\r\n\r\n"
                        + "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void whatFollowsAnUpgradeThatIsRefusedIsNotAnswered(String requests) throws IOException {
        assertThat(answer(requests)).containsOnlyOnce("HTTP/1.1 ").containsIgnoringCase("\r\nConnection: close\r\n");
    }

    @Test
    void tooManyFieldsAreAnswered431() throws IOException {
        assertThat(answer("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(100) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @ParameterizedTest
    @CsvSource({"3000, 404", "5000, 431", "100000, 431"})
    void aHeadPastTheLimitIsAnswered431(int length, int status) throws IOException {
        assertThat(answer("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: c=" + "x".repeat(length)
                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void aHandshakeWithAQueryThatIsNoneIsAnswered400() throws IOException {
        try (RawHttp line = new RawHttp(server.page())) {
            assertThat(line.ask(("GET /chat?%zz=|& HTTP/1.1\r\n" + UPGRADE).strip())
                            .status())
                    .isEqualTo(400);
        }
        assertThat(server.output()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void theLogHasALineAndNoStackTrace() throws IOException {
        answer("GET / HTTP/1.1\nHost: a\n\n");
        answer("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n");
        await().untilAsserted(() -> assertThat(server.output()).contains("dev.parley.refused.http"));
        assertThat(server.output()).doesNotContain("Exception", "\tat ");
    }

    /** All that comes until the connection ends. */
    private static String answer(String request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (RawHttp http = new RawHttp(server.page())) {
            http.send(request);
            http.transferTo(answer);
        } catch (SocketException resetBehindTheAnswer) {
            // The server closes with unread bytes of the request.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
