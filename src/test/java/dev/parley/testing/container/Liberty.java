package dev.parley.testing.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Open Liberty, with the command that its script {@code bin/server run} becomes. */
final class Liberty implements Distribution {
    private static final String NAME = "parley";

    @Override
    public Path archive() {
        return Path.of("target/parley.war");
    }

    @Override
    public List<String> configure(Path folder, Path war, int port) throws IOException {
        Path home = Distribution.home("liberty");
        Path server = Files.createDirectories(folder.resolve("servers").resolve(NAME));
        Files.copy(Distribution.configuration("liberty/server.xml"), server.resolve("server.xml"));
        Files.writeString(server.resolve("bootstrap.properties"), "http.port=" + port + "\n");
        Files.createDirectory(server.resolve("dropins"));
        Files.copy(war, folder.resolve(deployed()));
        List<String> command = new ArrayList<>();
        command.add("-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"));
        Path options = home.resolve("lib/platform/java")
                .resolve(Runtime.version().feature() < 24 ? "java9.options" : "java24.options");
        try (var lines = Files.lines(options)) {
            lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(command::add);
        }
        command.addAll(List.of("-jar", home.resolve("bin/tools/ws-server.jar").toString(), NAME));
        return command;
    }

    @Override
    public Path deployed() {
        return Path.of("servers", NAME, "dropins", "parley.war");
    }

    @Override
    public Map<String, String> environment(Path folder) {
        return Map.of("WLP_USER_DIR", folder.toString());
    }

    @Override
    public Path data() {
        return Path.of("servers", NAME, "parley-data");
    }

    /** It listens last. */
    @Override
    public boolean isReady(String log) {
        return log.contains("CWWKF0011I") && (log.contains("CWWKZ0001I") || log.contains("CWWKZ0012I"));
    }

    @Override
    public String toString() {
        return "liberty";
    }
}
