package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.HttpAnswer;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.RawHttp;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** How a WebSocket begins, or doesn't (RFC 6455 section 4). */
interface HandshakeConformance extends Place {
    @Test
    default void theHandshakeOfTheStandardGetsTheAnswerOfTheStandard() {
        RawClient client = client();
        assertThat(client.header("Sec-WebSocket-Accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(client.header("Upgrade"))
                .hasValueSatisfying(value -> assertThat(value).isEqualToIgnoringCase("websocket"));
    }

    @Test
    default void theSubProtocolIsSpokenWhenItIsOffered() {
        RawClient client = client("Sec-WebSocket-Protocol: other.v7, parley.v1");
        assertThat(client.header("Sec-WebSocket-Protocol")).contains("parley.v1");
    }

    @Test
    default void theNewerSubProtocolIsChosenWhereverItStands() {
        for (String offered : new String[] {"parley.v2, parley.v1", "parley.v1, other.v7, parley.v2", "parley.v2"}) {
            assertThat(client("Sec-WebSocket-Protocol: " + offered).header("Sec-WebSocket-Protocol"))
                    .as(offered)
                    .contains("parley.v2");
        }
    }

    @Test
    default void noSubProtocolIsNamedWhereNoneWasOffered() {
        assertThat(client().header("Sec-WebSocket-Protocol")).isEmpty();
    }

    @Test
    default void anUnknownSubProtocolIsNotEchoed() {
        assertThat(client("Sec-WebSocket-Protocol: other.v7").header("Sec-WebSocket-Protocol"))
                .isEmpty();
    }

    /** Compression of what a peer sends beside secrets can give the secrets away (CRIME, BREACH). */
    @Test
    default void compressionIsNotAgreedTo() {
        RawClient client = client("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
        assertThat(client.status()).isEqualTo(101);
        assertThat(client.header("Sec-WebSocket-Extensions")).isEmpty();
    }

    @Test
    default void aRequestThatAsksForNoUpgradeIsToldToDoSo() {
        HttpAnswer browser = RawHttp.get(chat());
        assertThat(browser.status()).isEqualTo(426);
        assertThat(browser.header("Upgrade")).contains("websocket");
        assertThat(browser.body()).endsWith(".\n").contains("WebSocket").doesNotContain("<", "Exception");
    }

    @Test
    default void anotherVersionOfTheProtocolIsRefusedWithTheOneThatIsSpoken() {
        RawClient old = attended(RawClient.ask(chat(), "Sec-WebSocket-Version: 8"));
        assertThat(old.status()).isEqualTo(426);
        assertThat(old.header("Sec-WebSocket-Version")).contains("13");
        assertThat(old.body()).contains("13");
    }

    @Test
    default void aPageOfTheSameHostMayConnect() {
        assertThat(client("Origin: " + sameHost()).status()).isEqualTo(101);
    }

    @Test
    default void aClientThatIsNoPageMayUseAnyHost() {
        assertThat(client("Host: server.example.com").status()).isEqualTo(101);
    }

    @Test
    default void aPageOfAnotherHostIsRefused() {
        assertRefused("http://evil.example");
    }

    @Test
    default void aPageOfAnotherPortIsRefused() {
        assertRefused("http://" + chat().getHost() + ":1");
    }

    @Test
    default void aSandboxedPageIsRefused() {
        assertRefused("null");
    }

    /** More of them than Payara has threads for HTTP: each of them once kept one for ever. */
    @Test
    default void aFrameInTheSegmentOfTheHandshakeIsAnsweredAndTheServerGoesOn() {
        for (int i = 0; i < 12; i++) {
            RawClient early = attended(RawClient.openEarly(chat(), Frame.text("{\"type\":\"beat\"}")));
            assertThat(early.status()).isEqualTo(101);
            Person.on(early).awaits("beat");
        }
        assertThat(Messages.seq(person("ann", room()).says("still here"))).isEqualTo(1);
    }

    private void assertRefused(String origin) {
        RawClient page = attended(RawClient.ask(chat(), "Origin: " + origin));
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.header("Sec-WebSocket-Accept")).isEmpty();
        assertThat(page.body()).isNotBlank().doesNotContain("<", "Exception");
    }

    private String sameHost() {
        URI chat = chat();
        return "http://" + chat.getAuthority();
    }
}
