package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Caller.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectRoomNameTest {
    private static final CallerId ANN = user("ann@example.com");
    private static final CallerId BOB = user("bob");
    private static final RoomName BOTH = RoomName.direct("ann@example.com", "bob");

    @Test
    void aSentenceHasTheNameThatItsReaderKnows() {
        assertThat(DirectRooms.shownTo(ANN, BOTH, "you are muted in the room " + BOTH))
                .isEqualTo("you are muted in the room @bob");
        assertThat(DirectRooms.shownTo(BOB, BOTH, "join the room " + BOTH + " first"))
                .isEqualTo("join the room @ann@example.com first");
        assertThat(DirectRooms.shownTo(ANN, RoomName.LOBBY, "the room lobby")).isEqualTo("the room lobby");
    }

    private static CallerId user(String id) {
        return new CallerId(Kind.USER, id);
    }

    private static void assertRejects(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ParleyException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void bothUsersHaveOneRoomAndEachKnowsItByTheOther() {
        assertThat(RoomName.direct("bob", "ann@example.com")).isEqualTo(BOTH);
        assertThat(BOTH.ids()).containsExactly("ann@example.com", "bob");
        assertThat(DirectRooms.usedBy(ANN, RoomName.ofPeer("@bob"))).isEqualTo(BOTH);
        assertThat(DirectRooms.usedBy(BOB, RoomName.ofPeer("@ann@example.com"))).isEqualTo(BOTH);
        assertThat(DirectRooms.shownTo(ANN, BOTH).value()).isEqualTo("@bob");
        assertThat(DirectRooms.shownTo(BOB, BOTH).value()).isEqualTo("@ann@example.com");
        assertThat(BOTH.isDirect()).isTrue();
        assertThat(BOTH.isView()).isFalse();
        assertThat(RoomName.with("bob").isView()).isTrue();
        assertThat(RoomName.with("bob").isDirect()).isFalse();
        assertThat(new RoomName(BOTH.value())).isEqualTo(BOTH);
        assertThat(BOTH.toString()).isEqualTo("@ann@example.com bob");
        BOTH.checkNew();
    }

    @Test
    void everyOtherRoomHasOneName() {
        assertThat(RoomName.LOBBY.isDirect()).isFalse();
        assertThat(RoomName.LOBBY.isView()).isFalse();
        assertThat(RoomName.LOBBY.ids()).isEmpty();
        assertThat(DirectRooms.usedBy(CallerId.GUEST, RoomName.LOBBY)).isSameAs(RoomName.LOBBY);
        assertThat(DirectRooms.shownTo(ANN, RoomName.LOBBY)).isSameAs(RoomName.LOBBY);
    }

    /** Ids may have any characters but control characters, also those of names of rooms. */
    @Test
    void noTwoPairsOfIdsHaveOneName() {
        List<String> ids = List.of("a", "b", "@a", "a@", "a b", " a", "a\\", "\"", "a-b", "\ud83d\ude00", "b a", "A");
        Set<RoomName> names = new HashSet<>();
        for (String one : ids) {
            for (String other : ids) {
                if (one.compareTo(other) < 0) {
                    RoomName name = RoomName.direct(one, other);
                    assertThat(names.add(name)).as("%s and %s", one, other).isTrue();
                    assertThat(name.ids()).containsExactly(one, other);
                    assertThat(DirectRooms.isOf(user(one), name)).isTrue();
                    assertThat(DirectRooms.isOf(user("c"), name)).isFalse();
                }
            }
        }
    }

    @Test
    void theNameOfBothIsNeverTakenFromAPeer() {
        assertRejects(ErrorCode.BAD_REQUEST, () -> RoomName.ofPeer(BOTH.value()));
        assertRejects(ErrorCode.BAD_REQUEST, () -> RoomName.with("ann\u001Fbob"));
        // What it looks like to people is the direct room with another user.
        assertThat(DirectRooms.usedBy(user("eve"), RoomName.ofPeer(BOTH.toString())))
                .isEqualTo(RoomName.direct("eve", "ann@example.com bob"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@\u001F",
                "@\u001F ",
                "@\u001Fa\u001Fb",
                "@ ",
                "@a\nb",
                "@a\u0000",
                "@\ud800",
                "@a\u001Fa",
                "@b\u001Fa",
                "@a\u001F",
                "@a\u001Fb\u001Fc"
            })
    void anIdThatIsNotValidMakesNoRoom(String name) {
        assertRejects(ErrorCode.BAD_REQUEST, () -> new RoomName(name));
    }

    @Test
    void anIdIsAsLongAsIdsAre() {
        String longest = "x".repeat(CallerId.MOST_CHARS);
        assertThat(RoomName.direct(longest, "bob").ids()).containsExactly("bob", longest);
        assertRejects(ErrorCode.BAD_REQUEST, () -> RoomName.with(longest + "x"));
    }

    @Test
    void onlyTwoDifferentSignedInUsersHaveOne() {
        assertRejects(ErrorCode.BAD_REQUEST, () -> DirectRooms.usedBy(BOB, RoomName.with("bob")));
        assertRejects(ErrorCode.BAD_REQUEST, () -> RoomName.direct("bob", "bob"));
        assertRejects(ErrorCode.FORBIDDEN, () -> DirectRooms.usedBy(CallerId.GUEST, RoomName.with("bob")));
        assertRejects(
                ErrorCode.FORBIDDEN,
                () -> DirectRooms.usedBy(new CallerId(Kind.APPLICATION, "herald"), RoomName.with("bob")));
        assertThat(DirectRooms.isOf(new CallerId(Kind.APPLICATION, "bob"), BOTH))
                .isFalse();
        assertThat(DirectRooms.isOf(new CallerId(Kind.GUEST, "bob"), BOTH)).isFalse();
        assertThatThrownBy(() -> DirectRooms.shownTo(user("eve"), BOTH)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInboxHasOneUserWhoseClientsKnowItWithoutAnId() {
        RoomName inbox = RoomName.inbox("bob");
        assertThat(inbox.ids()).containsExactly("bob");
        assertThat(inbox.isInbox()).isTrue();
        assertThat(inbox.isDirect()).isTrue();
        assertThat(inbox.isView()).isFalse();
        assertThat(BOTH.isInbox()).isFalse();
        assertThat(RoomName.INBOX.isView()).isTrue();
        assertThat(RoomName.INBOX.isInbox()).isFalse();
        assertThat(RoomName.INBOX.ids()).isEmpty();
        assertThat(new RoomName(inbox.value())).isEqualTo(inbox);
        assertThat(DirectRooms.usedBy(BOB, RoomName.ofPeer("@"))).isEqualTo(inbox);
        assertThat(DirectRooms.shownTo(BOB, inbox)).isEqualTo(RoomName.INBOX);
        assertThat(DirectRooms.shownTo(BOB, inbox, "the room " + inbox)).isEqualTo("the room @");
        assertThat(DirectRooms.isOf(ANN, inbox)).isFalse();
        assertThat(DirectRooms.isOf(new CallerId(Kind.APPLICATION, "bob"), inbox))
                .isFalse();
        assertThatThrownBy(() -> DirectRooms.shownTo(ANN, inbox)).isInstanceOf(IllegalArgumentException.class);
        assertRejects(ErrorCode.FORBIDDEN, () -> DirectRooms.usedBy(CallerId.GUEST, RoomName.INBOX));
        assertRejects(ErrorCode.BAD_REQUEST, () -> RoomName.ofPeer(inbox.value()));
        assertRejects(ErrorCode.BAD_REQUEST, () -> RoomName.inbox(""));
        assertRejects(ErrorCode.BAD_REQUEST, () -> RoomName.direct("", "bob"));
        assertRejects(ErrorCode.BAD_REQUEST, () -> RoomName.with(""));
        assertThat(new RoomPattern("*").matches(inbox)).isFalse();
    }

    @Test
    void noPatternMatchesADirectRoom() {
        assertThat(new RoomPattern("*").matches(BOTH)).isFalse();
        assertThat(new RoomPattern("*").matches(new RoomName("bob"))).isTrue();
    }
}
