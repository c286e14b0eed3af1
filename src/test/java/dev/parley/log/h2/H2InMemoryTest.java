package dev.parley.log.h2;

import dev.parley.log.durable.Database;
import dev.parley.log.durable.DatabaseContract;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

class H2InMemoryTest extends DatabaseContract {
    @Override
    protected Database open(Path folder, ThreadFactory threads) {
        return H2Database.inMemory();
    }
}
