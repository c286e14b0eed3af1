package dev.parley.identity.jwt;

import dev.parley.identity.Authenticator;
import dev.parley.identity.AuthenticatorContract;
import dev.parley.identity.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

class TokensContractTest extends AuthenticatorContract {
    private static final String SECRET = "a secret of more than thirty-two bytes";

    @Override
    protected Authenticator authenticator() {
        return new Tokens(
                TokenKeys.secret(SECRET),
                new Tokens.Rules(null, null, Duration.ofSeconds(30), List.of()),
                Executors.defaultThreadFactory());
    }

    @Override
    protected Credentials good() {
        return token(signedWith(SECRET));
    }

    @Override
    protected List<Credentials> bad() {
        return List.of(token("no.JSON.Web"), token(signedWith("another secret of more than thirty-two bytes")));
    }

    @Override
    protected List<Credentials> ofAnotherKind() {
        return List.of(guest("ann"), principal(() -> "ann"), token("trial:ann"));
    }

    private static String signedWith(String secret) {
        return new Mint(secret, null, null).token("ann", "Ann", Duration.ofMinutes(1));
    }
}
