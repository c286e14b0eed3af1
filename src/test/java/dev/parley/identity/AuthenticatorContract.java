package dev.parley.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import dev.parley.security.SessionSecret;
import dev.parley.security.Sessions;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link Authenticator} promises. The test of an authenticator extends this class. */
public abstract class AuthenticatorContract {
    private static final SessionSecret SESSION =
            new Sessions(new byte[32], Duration.ofDays(1), Clock.systemUTC()).create();

    private Authenticator made;

    /** Makes the authenticator; called once for each test. */
    protected abstract Authenticator authenticator();

    /** Credentials that it knows. */
    protected abstract Credentials good();

    /** Credentials of its kind that are no good; none where it knows all of its kind. */
    protected abstract List<Credentials> bad();

    /** Credentials that another authenticator is to look at; none where it knows every kind. */
    protected abstract List<Credentials> ofAnotherKind();

    /** Credentials with a token. */
    protected static Credentials token(String token) {
        return new Credentials(null, Set.of(), token, null, SESSION);
    }

    /** Credentials of a user for whom the container vouches. */
    protected static Credentials principal(Principal principal) {
        return new Credentials(principal, Set.of(), null, null, SESSION);
    }

    /** Credentials of a guest. */
    protected static Credentials guest(String name) {
        return new Credentials(null, Set.of(), null, new UserName(name), SESSION);
    }

    private Optional<Identity> ask(Credentials credentials) {
        if (made == null) {
            made = authenticator();
        }
        return made.authenticate(credentials)
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
    }

    @AfterEach
    void end() {
        made.close();
    }

    @Test
    void theSameCredentialsAreTheSameUserEachTime() {
        Identity first = ask(good()).orElseThrow();

        assertThat(ask(good()).orElseThrow().key()).isEqualTo(first.key());
        assertThat(made.takesTokens()).isEqualTo(good().token() != null);
    }

    @Test
    void badCredentialsAreRefusedAndThoseOfAnotherKindAreLeftToOthers() {
        assertThat(ask(good())).isPresent();
        assertThat(bad())
                .allSatisfy(credentials -> assertThatThrownBy(() -> ask(credentials))
                        .isInstanceOf(CompletionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                ParleyException.class,
                                why -> assertThat(why.code()).isEqualTo(ErrorCode.UNAUTHORIZED)));
        assertThat(ofAnotherKind())
                .allSatisfy(credentials -> assertThat(ask(credentials)).isEmpty());
    }
}
