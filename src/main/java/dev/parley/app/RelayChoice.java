package dev.parley.app;

import dev.parley.room.LocalRelay;
import dev.parley.room.Relay;
import jakarta.enterprise.context.Dependent;

/** The one place where the relay between nodes is chosen. Stateless. */
@Dependent
class RelayChoice {
    /** Makes the relay. {@code Rooms} starts it. */
    Relay open() {
        return new LocalRelay();
    }
}
