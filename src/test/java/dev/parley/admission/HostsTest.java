package dev.parley.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.:8080",
                "parley.localhost:80",
                "127.0.0.1:8080",
                "192.168.1.7",
                "[::1]:8080"
            })
    void whatNobodyCanLetPointElsewhereIsAlwaysOurs(String host) {
        assertThat(new Hosts("").admit(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "evillocalhost",
                "127.0.0.1.evil.example",
                "localhost@evil.example",
                "localhost, evil.example",
                "localhost/",
                "2130706433",
                ""
            })
    void anyOtherNameIsNot(String host) {
        assertThat(new Hosts("").admit(host)).isFalse();
        assertThat(new Hosts("chat.example.com").and("my-nas").orAny().admit(host))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat.example.com", "Chat.Example.com.:443", "my_nas:8080", "xn--bcher-kva.example"})
    void whatIsListedIs(String host) {
        assertThat(new Hosts("chat.example.com:8443, my_nas, b\u00fccher.example").admit(host))
                .isTrue();
    }

    @Test
    void theHostListenedOnIsOneMore() {
        assertThat(new Hosts("a.example").and("my-nas").admit("my-nas:8080")).isTrue();
        assertThat(new Hosts("").and("::").admit("evil.example")).isFalse();
    }

    @Test
    void anyIsAnyAndInAContainerNoneIsToo() {
        assertThat(new Hosts("*").admit("server.example.com")).isTrue();
        assertThat(new Hosts("").orAny().admit("server.example.com")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://chat.example.com", "chat.example.com/", "a b", "*.example.com", "::1"})
    void whatIsNoHostIsRefusedAtTheStart(String list) {
        assertThatThrownBy(() -> new Hosts(list)).isInstanceOf(IllegalArgumentException.class);
    }
}
