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
import java.util.Optional;
import java.util.function.Function;

/** The one place where the authenticators of peers are chosen. Stateless. */
@Dependent
class AuthenticatorChoice {
    /**
     * All authenticators, in the order of the questions; each is empty if the settings do not ask for it. Tokens come
     * first: a peer with a token wants to be the user of the token, even if the container has authenticated another
     * user. Guests come last.
     */
    private static final List<Function<Settings, Optional<Authenticator>>> IN_ORDER = List.of(
            settings -> settings.tokens().map(AuthenticatorChoice::tokens),
            settings -> Optional.of(Authenticators::principals),
            settings -> settings.guests() ? Optional.of(new Guests()) : Optional.empty());

    /**
     * Makes the authenticators that the settings ask for.
     *
     * @throws ParleyException with {@code unavailable} if the keys for tokens can't be read
     */
    Authenticators open(Settings settings) {
        List<Authenticator> inOrder = new ArrayList<>();
        try {
            IN_ORDER.forEach(each -> each.apply(settings).ifPresent(inOrder::add));
        } catch (RuntimeException | Error e) {
            inOrder.forEach(Authenticator::close);
            throw e;
        }
        return new Authenticators(inOrder, settings.signIn().orElse(null));
    }

    /** The library is optional. None of its classes is loaded unless a key is set. */
    private static Authenticator tokens(TokenSettings tokens) {
        try {
            return new Tokens(
                    tokens.secret() != null
                            ? TokenKeys.secret(tokens.secret())
                            : tokens.key() != null ? TokenKeys.publicKey(tokens.key()) : TokenKeys.set(tokens.keys()),
                    new Tokens.Rules(tokens.issuer(), tokens.audience(), tokens.leeway(), tokens.roles()),
                    new Threads("tokens"));
        } catch (NoClassDefFoundError e) {
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE,
                    "parley.jwt.* is set, but the library com.nimbusds:nimbus-jose-jwt is not in the application",
                    e);
        }
    }
}
