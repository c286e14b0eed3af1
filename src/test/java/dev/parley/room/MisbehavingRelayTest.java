package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

class MisbehavingRelayTest extends RelayContract {
    private MisbehavingRelay latest;

    @Override
    protected Relay relay(long seed) {
        latest = new MisbehavingRelay(seed);
        return latest;
    }

    @Override
    protected void assertWorked() {
        assertThat(latest.lost()).isPositive();
        assertThat(latest.doubled()).isPositive();
        assertThat(latest.delayed()).isPositive();
    }
}
