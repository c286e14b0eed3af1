package dev.parley.testing.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Eclipse Jetty. */
final class Jetty implements Distribution {
    @Override
    public Path archive() {
        return Path.of("target/parley-servlet.war");
    }

    @Override
    public List<String> configure(Path folder, Path war, int port) throws IOException {
        Files.copy(
                Distribution.configuration("jetty/parley.ini"),
                Files.createDirectory(folder.resolve("start.d")).resolve("parley.ini"));
        Files.copy(war, Files.createDirectory(folder.resolve("webapps")).resolve("ROOT.war"));
        return List.of(
                "-jar",
                Distribution.home("jetty").resolve("start.jar").toString(),
                "jetty.base=" + folder,
                "jetty.http.port=" + port);
    }

    @Override
    public boolean isReady(String log) {
        return log.contains("Started oejs.Server");
    }

    @Override
    public String toString() {
        return "jetty";
    }
}
