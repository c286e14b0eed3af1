package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import dev.parley.security.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AuthenticatorsTest {
    private static final Sessions SESSIONS = new Sessions(new byte[32], Duration.ofDays(1), Clock.systemUTC());

    /** Knows one token. */
    private record OneToken(String token, String id) implements Authenticator {
        @Override
        public boolean takesTokens() {
            return true;
        }

        @Override
        public CompletionStage<Optional<Identity>> authenticate(Credentials credentials) {
            return CompletableFuture.completedStage(Optional.ofNullable(credentials.token())
                    .filter(token::equals)
                    .map(known -> new Identity("user:" + id, new UserName(id))));
        }
    }

    @Test
    void theFirstThatKnowsTheTokenDecides() {
        Authenticators two = new Authenticators(
                List.of(new OneToken("a", "ann"), new OneToken("b", "bob"), new OneToken("b", "eve"), new Guests()));

        assertThat(two.takeTokens()).isTrue();
        assertThat(key(two, "a")).isEqualTo("user:ann");
        assertThat(key(two, "b")).isEqualTo("user:bob");
        assertThat(key(two, null)).startsWith("guest:");
    }

    @Test
    void whoHasShownATokenThatNobodyKnowsIsNoGuest() {
        Authenticators one = new Authenticators(List.of(new OneToken("a", "ann"), new Guests()));

        assertRefused(one, "c");
    }

    @Test
    void withoutGuestsNobodyIsInWithoutCredentials() {
        Authenticators one = new Authenticators(List.of(new OneToken("a", "ann")));

        assertRefused(one, null);
        assertThat(new Authenticators(List.of(new Guests())).takeTokens()).isFalse();
    }

    /** The rest of the server takes it for granted. */
    @Test
    void anIdentityOfAnotherKindCanNotBeMade() {
        UserName name = new UserName("ann");

        assertThatThrownBy(() -> new Identity("bean:ann", name)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String key(Authenticators authenticators, String token) {
        return authenticators
                .authenticate(new Credentials(null, Set.of(), token, null, SESSIONS.create()))
                .toCompletableFuture()
                .join()
                .key();
    }

    private static void assertRefused(Authenticators authenticators, String token) {
        assertThatThrownBy(() -> key(authenticators, token))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
    }
}
