package dev.parley.app;

import dev.parley.config.Settings;
import dev.parley.log.durable.Database;
import dev.parley.log.h2.H2Database;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Specializes;

/** Chooses H2 in an archive that has this class. */
@Specializes
@Dependent
class H2Choice extends DatabaseChoice {
    @Override
    Database open(Settings settings) {
        return H2Database.open(settings.data());
    }
}
