package dev.parley.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RoomsJoinedTest {
    private static final String HOME = "192.0.2.1";

    private final RoomsJoined rooms = new RoomsJoined(3, 5);

    private void assertRefused(String user, String network, String sentence) {
        assertThatExceptionOfType(ParleyException.class)
                .isThrownBy(() -> rooms.join(user, network, 1))
                .withMessageStartingWith(sentence)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_FAST));
    }

    @Test
    void theRoomsOfAUserAndOfAnAddressCountAsLongAsTheyAreJoined() {
        for (int i = 0; i < 3; i++) {
            rooms.join("ann", HOME, 1);
        }
        assertRefused("ann", HOME, "at most 3 rooms at a time with all your connections");
        assertRefused("ann", "192.0.2.2", "at most 3 rooms");
        rooms.join("bob", HOME, 1);
        rooms.join("bob", HOME, 1);
        assertRefused("cid", HOME, "at most 5 rooms at a time for all users of your address together");
        rooms.join("cid", "", 1);
        rooms.leave("ann", HOME);
        rooms.join("ann", HOME, 1);
    }

    @Test
    void aUserWithMoreHasMore() {
        for (int i = 0; i < 6; i++) {
            rooms.join("ann", HOME, 2);
        }
        assertRefused("ann", HOME, "at most 3 rooms");
    }

    @Test
    void aUserWithMoreTakesNoMoreThanOthersFromItsAddress() {
        for (int i = 0; i < 8; i++) {
            rooms.join("ann", HOME, 10);
        }
        rooms.join("bob", HOME, 1);
        rooms.join("bob", HOME, 1);
        assertRefused("cid", HOME, "at most 5 rooms");
        for (int i = 0; i < 5; i++) {
            rooms.leave("ann", HOME);
        }
        assertRefused("cid", HOME, "at most 5 rooms");
        rooms.leave("ann", HOME);
        rooms.join("cid", HOME, 1);
        assertRefused("cid", HOME, "at most 5 rooms");
    }

    @Test
    void whatIsRefusedIsNotCountedAndNothingIsKeptOfWhoHasLeft() {
        for (int i = 0; i < 5; i++) {
            rooms.join("user-" + i, HOME, 1);
        }
        assertRefused("ann", HOME, "at most 5 rooms");
        assertThat(rooms.size()).isEqualTo(11);
        for (int i = 0; i < 5; i++) {
            rooms.leave("user-" + i, HOME);
        }
        assertThat(rooms.size()).isZero();
    }

    @Test
    void manyConnectionsAtOnceJoinAsManyRoomsAsThereMayBe() throws Exception {
        ExecutorService connections = Executors.newFixedThreadPool(8);
        List<Future<Integer>> joined = new ArrayList<>();
        for (int connection = 0; connection < 8; connection++) {
            String user = "user-" + connection % 4;
            joined.add(connections.submit(() -> {
                int count = 0;
                for (int i = 0; i < 1_000; i++) {
                    try {
                        rooms.join(user, HOME, 1);
                        count++;
                    } catch (ParleyException full) {
                        // Another connection is in them.
                    }
                }
                return count;
            }));
        }
        int sum = 0;
        for (Future<Integer> count : joined) {
            sum += count.get();
        }
        connections.shutdown();
        assertThat(sum).isEqualTo(5);
    }
}
