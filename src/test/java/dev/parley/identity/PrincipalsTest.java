package dev.parley.identity;

import java.util.List;

class PrincipalsTest extends AuthenticatorContract {
    @Override
    protected Authenticator authenticator() {
        return Authenticators::principals;
    }

    @Override
    protected Credentials good() {
        return principal(() -> "ann");
    }

    @Override
    protected List<Credentials> bad() {
        return List.of(principal(() -> "a".repeat(256)), principal(() -> "ann\u0000"), principal(() -> " "));
    }

    @Override
    protected List<Credentials> ofAnotherKind() {
        return List.of(guest("ann"));
    }
}
