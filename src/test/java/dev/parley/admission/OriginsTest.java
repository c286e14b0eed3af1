package dev.parley.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    @ParameterizedTest
    @CsvSource({
        "https://chat.example.com:443, https://chat.example.com",
        "https://Chat.Example.COM, https://chat.example.com",
        "HTTP://chat.example.com:80, http://chat.example.com",
        "https://chat.example.com., https://chat.example.com",
        "https://b\u00fccher.example, https://xn--bcher-kva.example",
        "https://a_b.example, https://a_b.example",
        "http://my_nas, http://my_nas",
        "http://chat.1:8080, http://chat.1:8080",
        "http://chat-:8080, http://chat-:8080",
        "'http://[0:0:0:0:0:0:0:1]:8080', 'http://[::1]:8080'",
        "capacitor://localhost, capacitor://localhost",
        "chrome-extension://abcdefghijklmnop, chrome-extension://abcdefghijklmnop",
        "app://obsidian.md, app://obsidian.md"
    })
    void anOriginThatIsListedMatchesWhatABrowserSends(String listed, String sent) {
        assertThat(new Origins(Set.of(listed)).admit(sent, "other.example", false))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example.com",
                "https://",
                "https://chat.example.com/",
                "https://chat.example.com/path",
                "https://ann@chat.example.com",
                "https://chat.example.com:65536",
                "https://chat.example.com:",
                "https://a b.example",
                "https://*.example.com",
                "https://stra\u00dfe.example",
                "http://[::1",
                "http://[:::1]",
                "null",
                "file://"
            })
    void whatIsNoOriginIsRefusedAtTheStart(String text) {
        assertThatThrownBy(() -> new Origins(Set.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "http://chat.1:8080, chat.1:8080",
        "http://chat-:8080, chat-:8080",
        "http://my_nas, my_nas",
        "http://my_nas, MY_NAS:80",
        "https://chat.example.com, chat.example.com:443"
    })
    void aPageOfTheSameHostMayConnect(String origin, String host) {
        assertThat(new Origins(Set.of()).admit(origin, host, false)).isTrue();
    }

    @Test
    void aPageOfAnotherHostPortOrSchemeMayNot() {
        Origins origins = new Origins(Set.of("https://chat.example.com"));

        for (String origin : new String[] {
            "http://chat.example.com",
            "https://chat.example.com:8443",
            "https://evil.example",
            "null",
            "",
            "https://chat.example.com.evil.example",
            "https://chat.example.com@evil.example",
            "app://other.example"
        }) {
            assertThat(origins.admit(origin, "other.example", false)).as(origin).isFalse();
        }
    }

    @Test
    void aPlainPageIsNotOfTheSameHostAsAConnectionWithTlsUnlessItIsListed() {
        String page = "http://chat.example.com";

        assertThat(new Origins(Set.of()).admit(page, "chat.example.com:80", true))
                .isFalse();
        assertThat(new Origins(Set.of(page)).admit(page, "chat.example.com:80", true))
                .isTrue();
        assertThat(new Origins(Set.of()).admit("https://chat.example.com", "chat.example.com", true))
                .isTrue();
    }
}
