package dev.parley.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.admission.ConnectionLimit.Full;
import dev.parley.admission.ConnectionLimit.Permit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimitTest {
    @Test
    void thereAreAsManySeatsAsThereMayBeAndNotOneMore() {
        ConnectionLimit connectionLimit = new ConnectionLimit(2, 10);
        Permit first = connectionLimit.take("192.0.2.1");
        assertThat(first.full()).isEmpty();
        assertThat(connectionLimit.take("192.0.2.2").full()).isEmpty();
        assertThat(connectionLimit.full("192.0.2.3")).contains(Full.IN_ALL);
        assertThat(connectionLimit.take("192.0.2.3").full()).contains(Full.IN_ALL);
        first.free();
        assertThat(connectionLimit.full("192.0.2.3")).isEmpty();
        assertThat(connectionLimit.take("192.0.2.3").full()).isEmpty();
        assertThat(connectionLimit.take("192.0.2.3").full()).contains(Full.IN_ALL);
    }

    @Test
    void aSeatThatIsGivenBackTwiceIsFreeOnce() {
        ConnectionLimit connectionLimit = new ConnectionLimit(2, 2);
        Permit first = connectionLimit.take("192.0.2.1");
        connectionLimit.take("192.0.2.1");
        first.free();
        first.free();
        assertThat(connectionLimit.take("192.0.2.1").full()).isEmpty();
        assertThat(connectionLimit.take("192.0.2.1").full()).isPresent();
    }

    @Test
    void oneAddressHasItsOwnShareAndLeavesTheOthersTheirs() {
        ConnectionLimit connectionLimit = new ConnectionLimit(10, 2);
        Permit first = connectionLimit.take("192.0.2.1");
        connectionLimit.take("192.0.2.1");
        assertThat(connectionLimit.full("192.0.2.1")).contains(Full.OF_ADDRESS);
        assertThat(connectionLimit.take("192.0.2.1").full()).contains(Full.OF_ADDRESS);
        assertThat(connectionLimit.take("192.0.2.2").full()).isEmpty();
        first.free();
        assertThat(connectionLimit.take("192.0.2.1").full()).isEmpty();
    }

    @Test
    void whoFoundNoSeatTakesNoneAway() {
        ConnectionLimit connectionLimit = new ConnectionLimit(3, 1);
        connectionLimit.take("192.0.2.1");
        for (int i = 0; i < 10; i++) {
            connectionLimit.take("192.0.2.1").free();
        }
        assertThat(connectionLimit.take("192.0.2.1").full()).contains(Full.OF_ADDRESS);
        assertThat(connectionLimit.take("192.0.2.2").full()).isEmpty();
        assertThat(connectionLimit.take("192.0.2.3").full()).isEmpty();
        assertThat(connectionLimit.take("192.0.2.4").full()).contains(Full.IN_ALL);
    }

    @Test
    void anUnknownAddressCountsInAllOnly() {
        ConnectionLimit connectionLimit = new ConnectionLimit(3, 1);
        List<Permit> taken =
                IntStream.range(0, 4).mapToObj(i -> connectionLimit.take("")).toList();
        assertThat(taken.stream().map(Permit::full).filter(full -> full.isPresent()))
                .singleElement()
                .satisfies(full -> assertThat(full).contains(Full.IN_ALL));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::, true",
        "2001:db8:1:2::1, 2001:0db8:0001:0002:0:0:0:1, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "::ffff:192.0.2.1, ::ffff:192.0.2.2, false",
        "192.0.2.1, 192.0.2.2, false",
        "no address: at all, no address: at all, true"
    })
    void theNetworkOfAnAddressIsWhatCounts(String one, String other, boolean same) {
        ConnectionLimit connectionLimit = new ConnectionLimit(10, 1);
        connectionLimit.take(one);
        assertThat(connectionLimit.full(other).isPresent()).isEqualTo(same);
    }
}
