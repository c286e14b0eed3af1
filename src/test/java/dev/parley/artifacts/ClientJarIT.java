package dev.parley.artifacts;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Command;
import dev.parley.testing.Readme;
import dev.parley.testing.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client's jar, with nothing beside it but what the README names and what that brings. */
@Timeout(120)
class ClientJarIT {
    private static final Path JAR = Path.of("target", "parley-client.jar");
    private static final Path BESIDE = Path.of("target", "client-lib");
    private static final Pattern LIBRARY = Pattern.compile("(.*?)-(\\d.*)\\.jar");
    private static final List<String> BROUGHT = List.of("jakarta.json-api");

    @TempDir
    private Path folder;

    @Test
    void theReadmeNamesWhatIsBesideIt() throws IOException {
        String readme = Readme.text();
        assertThat(libraries()).isNotEmpty().allSatisfy(library -> {
            Matcher name = LIBRARY.matcher(library.getFileName().toString());
            assertThat(name.matches()).isTrue();
            if (!BROUGHT.contains(name.group(1))) {
                assertThat(readme)
                        .containsPattern("<artifactId>" + Pattern.quote(name.group(1)) + "</artifactId>\\s*<version>"
                                + Pattern.quote(name.group(2)) + "</version>");
            }
        });
    }

    @Test
    void itRefersToNothingThatIsMissing() throws IOException {
        String missing =
                Command.run(tool("jdeps"), "--missing-deps", "--class-path", path(libraries()), JAR.toString());
        // JSON-B is optional, and only this class knows it.
        assertThat(missing.lines().filter(line -> line.contains(" -> ") && !line.startsWith("parley-client.jar")))
                .allMatch(line ->
                        line.strip().matches("dev\\.parley\\.message\\.JsonBinding +-> jakarta\\.json\\.bind\\..*"));
    }

    @Test
    void theProgramInTheReadmeTalksToAServer() throws IOException {
        try (ServerProcess server = ServerProcess.start()) {
            Path program = folder.resolve("Program.java");
            Files.writeString(program, program(server));
            String classPath = path(Stream.concat(Stream.of(JAR), libraries().stream())
                    .map(Path::toAbsolutePath)
                    .toList());
            assertThat(Command.run(
                            tool("javac"),
                            "-Xlint:all",
                            "-Werror",
                            "-proc:none",
                            "-cp",
                            classPath,
                            "-d",
                            folder.toString(),
                            program.toString()))
                    .isEmpty();
            assertThat(Command.run(tool("java"), "-cp", classPath + File.pathSeparator + folder, "Program"))
                    .contains("on the disk as number 1");
        }
    }

    private static String program(ServerProcess server) throws IOException {
        return """
                import dev.parley.client.*;
                import dev.parley.message.*;
                import dev.parley.message.ServerMessage.Said;
                import java.net.URI;

                class Program {
                    public static void main(String... arguments) throws Exception {
                        %s
                    }
                }
                """.formatted(Readme.example("java", "ChatClient.connect")
                .replace("ws://127.0.0.1:8080/chat", server.chat().toString()));
    }

    private static List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(BESIDE)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static String path(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(joining(File.pathSeparator));
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
