package dev.parley.testing.container;

import java.nio.file.Path;
import java.util.List;

/** Payara Micro, which is one jar. */
final class PayaraMicro implements Distribution {
    @Override
    public Path archive() {
        return Path.of("target/parley.war");
    }

    @Override
    public List<String> configure(Path folder, Path war, int port) {
        return List.of(
                "-jar",
                Distribution.home("payara-micro").toString(),
                "--rootdir",
                folder.toString(),
                "--nocluster",
                "--nohazelcast",
                "--disablephonehome",
                "--prebootcommandfile",
                Distribution.configuration("payara-micro/loopback.txt").toString(),
                "--port",
                String.valueOf(port),
                "--contextroot",
                "/",
                "--deploy",
                war.toAbsolutePath().toString());
    }

    @Override
    public boolean isReady(String log) {
        return log.contains("Payara Micro") && log.contains(" ready in ");
    }

    @Override
    public String toString() {
        return "payara-micro";
    }
}
