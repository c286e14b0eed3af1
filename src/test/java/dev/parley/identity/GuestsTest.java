package dev.parley.identity;

import java.util.List;

class GuestsTest extends AuthenticatorContract {
    @Override
    protected Authenticator authenticator() {
        return new Guests();
    }

    @Override
    protected Credentials good() {
        return guest("ann");
    }

    @Override
    protected List<Credentials> bad() {
        return List.of();
    }

    @Override
    protected List<Credentials> ofAnotherKind() {
        return List.of();
    }
}
