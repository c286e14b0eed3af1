package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RoomHandle;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the application can't do in a direct room, or in any room. It is rejected before anything of the server is used. */
class LocalRoomTest {
    private final RoomHandle room = new LocalRoom(
            null, Speaker.of(new User("bean:herald", new UserName("herald"))), RoomName.direct("ann", "bob"));

    private static void assertBadRequest(ThrowingCallable call, String part) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ParleyException.class, why -> {
            assertThat(why.code()).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(why.getMessage()).contains(part);
        });
    }

    /** Otherwise the header of its frame could be too long. */
    @Test
    void aFileWithEscapesInItsMediaTypeIsNotSent() {
        Body file = new Body.Attachment("image/\u0001", null, ByteBuffer.allocate(1));
        assertBadRequest(() -> room.send(file), "media");
        assertBadRequest(() -> room.send("an id", file), "media");
    }

    /** The user would still be invited to a room that it can't join. */
    @Test
    void nobodyIsBanned() {
        Target bob = Target.user("bob");
        assertBadRequest(() -> room.ban(bob, Duration.ofDays(1), false, null), "mute the user");
    }

    @Test
    void aUserIsNoSenderInAnInboxOrInTheDirectRoomOfOthers() {
        Speaker server = Speaker.of(new User("bean:herald", new UserName("herald")));
        Speaker carol = new Speaker(new User("user:carol", new UserName("carol")), server.application());
        for (RoomName name : List.of(RoomName.direct("ann", "bob"), RoomName.inbox("ann"), RoomName.inbox("carol"))) {
            RoomHandle handle = new LocalRoom(null, carol, name);
            assertBadRequest(() -> handle.send("hello"), "only");
            assertBadRequest(() -> handle.send("an id", new Body.Text("hello")), "only");
            assertBadRequest(() -> handle.signal("hello"), "only");
        }
    }

    /** The log can't store it: it has no bytes. */
    @Test
    void aReferenceIsNotSentToAnyRoom() {
        Body reference = new Body.Reference("image/png", "a.png", 5);
        RoomHandle garden = new LocalRoom(
                null, Speaker.of(new User("bean:herald", new UserName("herald"))), new RoomName("garden"));
        for (RoomHandle each : List.of(room, garden)) {
            assertBadRequest(() -> each.send(reference), "reference");
            assertBadRequest(() -> each.send("an id", reference), "reference");
        }
    }
}
