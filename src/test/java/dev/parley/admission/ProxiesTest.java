package dev.parley.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    private static final Proxies PROXIES = new Proxies("10.0.0.1, 192.168.0.0/16,2001:db8:1::/48");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            9.9.9.9      | 1.2.3.4                                   | 9.9.9.9
            10.0.0.1     | 1.2.3.4                                   | 1.2.3.4
            10.0.0.1     | 6.6.6.6, 1.2.3.4                          | 1.2.3.4
            10.0.0.1     | 6.6.6.6, 1.2.3.4, 192.168.7.7             | 1.2.3.4
            10.0.0.1     | 192.168.7.7, 10.0.0.1                     | 192.168.7.7
            10.0.0.1     | 1.2.3.4:5678                              | 1.2.3.4
            10.0.0.1     | 2001:db8:2::7                             | 2001:db8:2:0:0:0:0:7
            10.0.0.1     | [2001:db8:2::7]:443                       | 2001:db8:2:0:0:0:0:7
            2001:db8:1::5 | 1.2.3.4                                  | 1.2.3.4
            10.0.0.1     | 1.2.3.4, unknown                          | 10.0.0.1
            10.0.0.1     | 1.2.3.4, some.host.example                | 10.0.0.1
            10.0.0.1     | 300.1.1.1                                 | 10.0.0.1
            10.0.0.1     | ``                                        | 10.0.0.1
            """)
    void xForwardedForIsReadFromTheRightAsFarAsItIsTrusted(String peer, String header, String client) {
        assertThat(client(peer, Map.of("X-Forwarded-For", List.of(header)))).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            for=1.2.3.4                                              | 1.2.3.4
            proto=https;For="1.2.3.4:80";by=10.0.0.1                 | 1.2.3.4
            for="[2001:db8:2::7]:4711"                               | 2001:db8:2:0:0:0:0:7
            for=6.6.6.6, for=1.2.3.4;proto=http, for=192.168.1.1     | 1.2.3.4
            for=1.2.3.4, for=_hidden                                 | 10.0.0.1
            for=1.2.3.4, proto=https                                 | 10.0.0.1
            """)
    void forwardedIsReadLikewise(String header, String client) {
        assertThat(client("10.0.0.1", Map.of("Forwarded", List.of(header)))).isEqualTo(client);
    }

    @Test
    void severalLinesOfAHeaderAreOneList() {
        assertThat(client("10.0.0.1", Map.of("X-Forwarded-For", List.of("6.6.6.6", "1.2.3.4"))))
                .isEqualTo("1.2.3.4");
    }

    @Test
    void ofTwoHeadersThatDisagreeNeitherIsBelieved() {
        assertThat(client(
                        "10.0.0.1", Map.of("X-Forwarded-For", List.of("1.2.3.4"), "Forwarded", List.of("for=6.6.6.6"))))
                .isEqualTo("10.0.0.1");
        assertThat(client(
                        "10.0.0.1", Map.of("X-Forwarded-For", List.of("1.2.3.4"), "Forwarded", List.of("for=1.2.3.4"))))
                .isEqualTo("1.2.3.4");
    }

    @Test
    void aTrustedProxySaysWhetherTheClientUsesTls() {
        Proxies proxies = new Proxies("10.0.0.0/8");

        assertThat(proxies.secure("10.0.0.1", false, name -> List.of("http", "HTTPS")))
                .isTrue();
        assertThat(proxies.secure("10.0.0.1", false, name -> List.of("https, http")))
                .isFalse();
        assertThat(proxies.secure("10.0.0.1", false, name -> List.of())).isFalse();
        assertThat(proxies.secure("6.6.6.6", false, name -> List.of("https"))).isFalse();
        assertThat(proxies.secure("6.6.6.6", true, name -> List.of())).isTrue();
    }

    @Test
    void withoutTrustedProxiesNoHeaderCounts() {
        Headers headers = name -> List.of("for=1.2.3.4");
        assertThat(new Proxies("").client("10.0.0.1", headers)).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0", "fe80::1%eth0", "::/129"})
    void whatIsNoNetworkIsRefused(String list) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Proxies(list));
    }

    private static String client(String peer, Map<String, List<String>> headers) {
        return PROXIES.client(peer, name -> headers.getOrDefault(name, List.of()));
    }
}
