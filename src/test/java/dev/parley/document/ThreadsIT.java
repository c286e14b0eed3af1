package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Command;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code threads.md} has every thread of the server, and no thread that nothing in the code makes. */
class ThreadsIT {
    private static final Pattern NAME = Pattern.compile("parley-[a-z]+(?:-[a-z]+)*");
    private static final Pattern RUNNING = Pattern.compile("^\"(parley-[a-z-]+)(?:-\\d+)?\"", Pattern.MULTILINE);
    private static final Set<String> DOCUMENTED = Markdown.named("threads.md").rowsBelow(null, "Threads").stream()
            .flatMap(row -> NAME.matcher(row.get(0)).results())
            .map(MatchResult::group)
            .collect(Collectors.toSet());

    @Test
    void theThreadsOfARunningServerAreInTheDocument() {
        try (ServerProcess server = ServerProcess.start();
                RawClient client = RawClient.open(server.chat())) {
            client.send("Hello, Server!");
            client.readMessage();
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");

            String threads = Command.run(jcmd.toString(), Long.toString(server.pid()), "Thread.print");

            List<String> running = RUNNING.matcher(threads)
                    .results()
                    .map(thread -> thread.group(1))
                    .distinct()
                    .toList();
            assertThat(running).contains("parley-loop", "parley-log-writer");
            assertThat(DOCUMENTED).containsAll(running);
        }
    }

    /** The name stands in the code as a whole or, where a factory adds what comes before and behind, in its parts. */
    @Test
    void theThreadsOfTheDocumentAreInTheCode() throws IOException {
        String code = sources();

        assertThat(DOCUMENTED).isNotEmpty().allSatisfy(name -> {
            String own = name.substring("parley-".length());
            String pool = own.replace("-async", "");
            assertThat(Stream.of("\"" + name, "\"" + own + "\"", "\"" + pool + "\""))
                    .anyMatch(code::contains);
        });
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
