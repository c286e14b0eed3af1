package dev.parley.faults;

import dev.parley.testing.ServerProcess;
import java.nio.file.Path;

/** {@code kill -9}, the moment that something is acknowledged: what is promised too early is made good a moment later. */
record Kill(Path folder) implements Outage {
    @Override
    public Path data() {
        return folder.resolve("data");
    }

    @Override
    public void strike(ServerProcess server) {
        server.kill();
    }

    @Override
    public void clearUp(ServerProcess server, Talk talk) {
        // There is nothing left of it.
    }
}
