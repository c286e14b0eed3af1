package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.User;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import dev.parley.room.NameRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OwnNamesTest {
    private static final CallerId ANN = new CallerId(Caller.Kind.USER, "ann@example.com");

    private final List<UserName> reserved = new ArrayList<>();
    private final NameRegister register = new NameRegister(user -> reserved.add(user.name()));
    private final OwnNames own = new OwnNames(register);

    @Test
    void theNameOfAUserForWhomTheApplicationSpeaksIsNoGuests() {
        UserName name = new UserName("ann");
        assertThat(own.signedIn(ANN, name)).isEqualTo(new User(ANN.key(), name));
        assertThat(own.signedIn(ANN, name).name()).isEqualTo(name);
        assertThat(reserved).containsExactly(name);
        assertThat(nameOf("guest:7", name)).isNotEqualTo(name);
    }

    @Test
    void aGuestThatHasTheNameGetsAnotherOne() {
        UserName name = new UserName("ann");
        AtomicReference<UserName> guest = new AtomicReference<>();
        register.claim(name, "guest:7", user -> guest.set(user.name()));
        assertThat(own.signedIn(ANN, name).name()).isEqualTo(name);
        assertThat(guest).hasValue(new UserName("ann-2"));
    }

    @Test
    void theApplicationSpeaksForNobodyUnderTheNameOfAnother() {
        UserName name = new UserName("ann");
        register.claim(name, "user:another", user -> {});
        own.application(new UserName("herald"));
        assertThat(own.signedIn(ANN, name).name()).isEqualTo(new UserName("ann-2"));
        assertThat(own.signedIn(ANN, new UserName("herald")).name()).isEqualTo(new UserName("herald-2"));
    }

    /** Otherwise another user could take the name while this one connects again. */
    @Test
    void theNameOfAUserThatHasLostItsConnectionIsStillHeld() {
        UserName name = new UserName("ann");
        register.hold(register.claim(name, ANN.key(), user -> {}), "");
        own.signedIn(ANN, name);
        assertThat(nameOf("user:another", name)).isEqualTo(new UserName("ann-2"));
    }

    private UserName nameOf(String key, UserName wanted) {
        AtomicReference<UserName> name = new AtomicReference<>();
        register.claim(wanted, key, user -> name.set(user.name()));
        return name.get();
    }

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
        User known = names.application(late);
        assertThat(known.name()).isEqualTo(late);
        assertThat(names.user(late)).isEqualTo(known);
    }
}
