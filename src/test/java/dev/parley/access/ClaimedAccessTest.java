package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.RoomPattern;
import dev.parley.message.TokenRooms;
import dev.parley.message.UserName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClaimedAccessTest {
    private static final Caller ANN = new Caller(Caller.Kind.USER, "ann", new UserName("ann"));
    private static final TokenRooms ROOMS = new TokenRooms(Map.of(
            new RoomPattern("support-*"), Grant.read(),
            new RoomPattern("*-7"), Grant.ofWords(List.of("read", "say"))));

    private final AccessPolicy open = new ClaimedAccess(Access.OPEN);

    @Test
    void whatATokenSaysAboutRoomsIsTheWholeAnswer() {
        Caller bearer = ANN.with(Set.of(), ROOMS);

        assertThat(open.always(bearer)).isNull();
        assertThat(may(bearer, "support-1")).containsExactly(Permission.READ);
        assertThat(may(bearer, "support-7")).containsExactlyInAnyOrder(Permission.READ, Permission.SAY);
        assertThat(may(bearer, "lobby")).isEmpty();
    }

    @Test
    void aTokenGivesManyTimesTheQuotas() {
        Caller bearer = ANN.with(
                Set.of(),
                new TokenRooms(Map.of(
                        new RoomPattern("*"), Grant.ofWords(List.of("read", "quota:2")),
                        new RoomPattern("upload-*"), Grant.ofWords(List.of("all", "quota:5")))));
        assertThat(open.decide(bearer, new RoomName("lobby")).join().quota()).isEqualTo(2);
        assertThat(open.decide(bearer, new RoomName("upload-1")).join().quota()).isEqualTo(5);
        assertThat(open.quotaInDirectRooms(bearer)).isEqualTo(2);
        assertThat(open.quotaInDirectRooms(ANN)).isEqualTo(1);
        assertThat(open.quotaInDirectRooms(ANN.with(Set.of(), ROOMS))).isEqualTo(1);
    }

    @Test
    void aTokenThatNamesNoRoomOpensNone() {
        assertThat(may(ANN.with(Set.of(), new TokenRooms(Map.of())), "lobby")).isEmpty();
    }

    @Test
    void whereNoTokenSaysAnythingAboutRoomsTheOtherPolicyDecides() {
        assertThat(open.always(ANN)).isEqualTo(Grant.all());
        assertThat(may(ANN, "lobby")).contains(Permission.ATTACH);
    }

    @Test
    void theNumberOfPatternsIsBounded() {
        Map<RoomPattern, Grant> many = IntStream.rangeClosed(0, TokenRooms.MOST)
                .mapToObj(i -> new RoomPattern("room-" + i))
                .collect(Collectors.toMap(Function.identity(), pattern -> Grant.read()));

        assertThatThrownBy(() -> new TokenRooms(many)).isInstanceOf(ParleyException.class);
    }

    @Nested
    class AsAPolicy extends PolicyContract {
        @Override
        protected AccessPolicy policy() {
            return open;
        }
    }

    private Set<Permission> may(Caller caller, String room) {
        return open.decide(caller, new RoomName(room)).join().permissions();
    }
}
