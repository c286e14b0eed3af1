package dev.parley.app;

import dev.parley.config.Settings;
import dev.parley.room.MisbehavingRelay;
import dev.parley.room.Relay;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Specializes;

/** Chooses the relay that misbehaves in an archive that has this class. The system property says with which seed. */
@Specializes
@Dependent
class MisbehavingRelayChoice extends RelayChoice {
    @Override
    Relay open(Settings settings) {
        return new MisbehavingRelay(Long.getLong("misbehaving.seed"));
    }
}
