package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserTest {
    private static final UserName NAME = new UserName("ann");

    @ParameterizedTest
    @CsvSource({"guest:x1, GUEST, x1", "user:ann@example.com, USER, ann@example.com", "bean:server, APPLICATION, server"
    })
    void theKeySaysWhoVouchesForAUser(String key, Caller.Kind kind, String id) {
        User user = new User(key, NAME);
        assertThat(user.caller()).isEqualTo(new Caller(kind, id, NAME));
        assertThat(user.id()).isEqualTo(new CallerId(kind, id));
    }

    /** Least of all is it the application. */
    @Test
    void aKeyOfAnotherKindIsNobodys() {
        assertThatThrownBy(() -> new User("robot:ann", NAME)).isInstanceOf(IllegalStateException.class);
    }
}
