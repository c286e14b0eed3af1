package dev.parley.app;

import dev.parley.config.Settings;
import dev.parley.config.TokenSettings;
import dev.parley.identity.Authenticator;
import dev.parley.identity.Authenticators;
import dev.parley.identity.Guests;
import dev.parley.identity.jwt.TokenKeys;
import dev.parley.identity.jwt.Tokens;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import jakarta.enterprise.context.Dependent;
import java.util.ArrayList;
import java.util.List;

/** The one place where it is chosen who says who a peer is. Stateless. */
@Dependent
class AuthenticatorChoice {
    /**
     * Tokens come first: a peer that shows one wants to be that user, whoever is signed in to the container. Guests come
     * last.
     *
     * @throws ParleyException with {@code unavailable} when the keys for tokens can't be read
     */
    Authenticators open(Settings settings) {
        List<Authenticator> inOrder = new ArrayList<>();
        settings.tokens().map(AuthenticatorChoice::tokens).ifPresent(inOrder::add);
        inOrder.add(Authenticators::principals);
        if (settings.guests()) {
            inOrder.add(new Guests());
        }
        return new Authenticators(inOrder);
    }

    /** The library is optional: nothing of it is loaded before somebody sets a key. */
    private static Authenticator tokens(TokenSettings tokens) {
        try {
            return new Tokens(
                    tokens.secret() != null
                            ? TokenKeys.secret(tokens.secret())
                            : tokens.key() != null ? TokenKeys.publicKey(tokens.key()) : TokenKeys.set(tokens.keys()),
                    new Tokens.Rules(tokens.issuer(), tokens.audience(), tokens.leeway()),
                    new Threads("tokens"));
        } catch (NoClassDefFoundError e) {
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE,
                    "parley.jwt.* is set, but the library com.nimbusds:nimbus-jose-jwt is not in the application",
                    e);
        }
    }
}
