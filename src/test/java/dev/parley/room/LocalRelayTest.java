package dev.parley.room;

class LocalRelayTest extends RelayContract {
    @Override
    protected Relay relay(long seed) {
        return new LocalRelay();
    }
}
