package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakeHeadTest {
    @Test
    void valuesInTheQueryAreHidden() {
        assertThat(HandshakeHead.of("/chat", "token=secret&x", List.of(), name -> List.of())
                        .request())
                .containsExactly("GET /chat?token=…&x HTTP/1.1");
    }

    @Test
    void otherHeadersAreLeftOutAndTheValuesOfCredentialsAreHidden() {
        Map<String, String> headers = Map.of("Host", "a", "X-User", "b", "COOKIE", "c");
        assertThat(HandshakeHead.of("/chat", null, headers.keySet(), name -> List.of(headers.get(name)))
                        .request())
                .containsExactlyInAnyOrder("GET /chat HTTP/1.1", "Host: a", "COOKIE: …");
    }

    @Test
    void aLongHeadIsCutAndItsKeyIsNot() {
        String much = "x".repeat(10_000);
        List<String> head = HandshakeHead.of(
                        "/" + much,
                        much,
                        List.of("Host", "Origin", "User-Agent", "Sec-WebSocket-Key"),
                        name -> List.of(name.equals("Sec-WebSocket-Key") ? "dGhlIHNhbXBsZSBub25jZQ==" : much))
                .request();
        assertThat(head).last().isEqualTo("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(String.join("", head)).hasSizeLessThan(4_096);
    }
}
