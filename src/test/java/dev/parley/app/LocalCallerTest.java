package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.CallerHandle;
import dev.parley.log.ErasureScope;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Caller.Kind;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** To whom the application can't send. It is rejected before anything of the server is used. */
class LocalCallerTest {
    private static CallerHandle caller(CallerId id) {
        return new LocalCaller(
                null, Speaker.of(new User("bean:herald", new UserName("herald"))), new ErasureScope.OfUser(id));
    }

    @Test
    void onlyASignedInUserHasAnInbox() {
        for (CallerId id : List.of(new CallerId(Kind.GUEST, "7"), new CallerId(Kind.APPLICATION, "herald"))) {
            CallerHandle caller = caller(id);
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    caller::inbox,
                    () -> caller.send("text"),
                    () -> caller.send((Object) 7),
                    () -> caller.send(new Body.Text("text")),
                    () -> caller.send("id", new Body.Text("text")),
                    () -> caller.signal("text"))) {
                assertThatThrownBy(call)
                        .isInstanceOfSatisfying(
                                ParleyException.class,
                                why -> assertThat(why.code()).isEqualTo(ErrorCode.BAD_REQUEST));
            }
        }
        assertThat(caller(new CallerId(Kind.USER, "ann@example.com")).inbox().name())
                .isEqualTo(RoomName.inbox("ann@example.com"));
    }
}
