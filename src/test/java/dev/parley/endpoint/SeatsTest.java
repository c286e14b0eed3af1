package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.endpoint.Seats.Full;
import dev.parley.endpoint.Seats.Seat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeatsTest {
    @Test
    void thereAreAsManySeatsAsThereMayBeAndNotOneMore() {
        Seats seats = new Seats(2, 10);
        Seat first = seats.take("192.0.2.1");
        assertThat(first.full()).isEmpty();
        assertThat(seats.take("192.0.2.2").full()).isEmpty();
        assertThat(seats.full("192.0.2.3")).contains(Full.IN_ALL);
        assertThat(seats.take("192.0.2.3").full()).contains(Full.IN_ALL);
        first.free();
        assertThat(seats.full("192.0.2.3")).isEmpty();
        assertThat(seats.take("192.0.2.3").full()).isEmpty();
        assertThat(seats.take("192.0.2.3").full()).contains(Full.IN_ALL);
    }

    @Test
    void oneAddressHasItsOwnShareAndLeavesTheOthersTheirs() {
        Seats seats = new Seats(10, 2);
        Seat first = seats.take("192.0.2.1");
        seats.take("192.0.2.1");
        assertThat(seats.full("192.0.2.1")).contains(Full.OF_ADDRESS);
        assertThat(seats.take("192.0.2.1").full()).contains(Full.OF_ADDRESS);
        assertThat(seats.take("192.0.2.2").full()).isEmpty();
        first.free();
        assertThat(seats.take("192.0.2.1").full()).isEmpty();
    }

    @Test
    void whoFoundNoSeatTakesNoneAway() {
        Seats seats = new Seats(3, 1);
        seats.take("192.0.2.1");
        for (int i = 0; i < 10; i++) {
            seats.take("192.0.2.1").free();
        }
        assertThat(seats.take("192.0.2.1").full()).contains(Full.OF_ADDRESS);
        assertThat(seats.take("192.0.2.2").full()).isEmpty();
        assertThat(seats.take("192.0.2.3").full()).isEmpty();
        assertThat(seats.take("192.0.2.4").full()).contains(Full.IN_ALL);
    }

    @Test
    void anUnknownAddressCountsInAllOnly() {
        Seats seats = new Seats(3, 1);
        List<Seat> taken = IntStream.range(0, 4).mapToObj(i -> seats.take("")).toList();
        assertThat(taken.stream().map(Seat::full).filter(full -> full.isPresent()))
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
        Seats seats = new Seats(10, 1);
        seats.take(one);
        assertThat(seats.full(other).isPresent()).isEqualTo(same);
    }
}
