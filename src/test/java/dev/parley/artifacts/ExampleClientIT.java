package dev.parley.artifacts;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Command;
import dev.parley.testing.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Java client among the examples, as its own {@code pom.xml} has built it. */
@Timeout(120)
class ExampleClientIT {
    private static final Path CLASSES = Path.of("target", "examples", "client", "target", "classes");
    private static final Path CLIENT = Path.of("target", "parley-client.jar");
    private static final Path BESIDE = Path.of("target", "client-lib");

    @Test
    void itSaysWhatItReadsAndPrintsWhatIsSaid() throws IOException {
        try (ServerProcess server = ServerProcess.start()) {
            assertThat(talk(server, "ann", "The roses are out")).contains("on the disk as number 1");
            assertThat(talk(server, "bob", "I see")).contains("1 ann: The roses are out", "on the disk as number 2");
        }
    }

    private static String talk(ServerProcess server, String name, String line) throws IOException {
        try (Stream<Path> libraries = Files.list(BESIDE)) {
            String classPath = Stream.concat(Stream.of(CLASSES, CLIENT), libraries)
                    .map(Path::toString)
                    .collect(joining(File.pathSeparator));
            return Command.run(
                    "sh",
                    "-c",
                    "echo \"$1\" | \"$2\" -cp \"$3\" client.Talk \"$4\" \"$5\" garden",
                    "sh",
                    line,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    classPath,
                    server.chat().toString(),
                    name);
        }
    }
}
