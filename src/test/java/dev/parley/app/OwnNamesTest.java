package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.User;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import dev.parley.room.NameRegister;
import org.junit.jupiter.api.Test;

class OwnNamesTest {
    @Test
    void newNamesHaveABoundButThoseOfMessagesThatWaitHaveNone() {
        OwnNames names = new OwnNames(new NameRegister(user -> {}));
        for (int i = 0; i < 10_000; i++) {
            names.user(new UserName("name-" + i));
        }
        UserName late = new UserName("late");
        assertThatThrownBy(() -> names.user(late))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        User known = names.known(late);
        assertThat(known.name()).isEqualTo(late);
        assertThat(names.user(late)).isEqualTo(known);
    }
}
