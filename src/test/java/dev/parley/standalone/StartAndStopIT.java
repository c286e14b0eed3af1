package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Command;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.RawHttp;
import dev.parley.testing.ServerProcess;
import dev.parley.testing.ServerProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the server starts, says why it can't, and ends. */
@Timeout(120)
class StartAndStopIT {
    private static final int BY_SIGTERM = 128 + 15;

    @TempDir
    private Path temporary;

    @Test
    void itSaysInOneLineWhereItListens() throws IOException {
        try (ServerProcess server = ServerProcess.start()) {
            assertThat(server.standardOutput()).hasLineCount(1);
            assertThat(server.page().getPort())
                    .isPositive()
                    .isEqualTo(server.chat().getPort());
        }
    }

    @Test
    void theEndpointIsAtThePathThatIsSetAndThePageKnowsIt() throws IOException {
        try (ServerProcess server = ServerProcess.start(Map.of("parley.path", "/live/rooms"))) {
            assertThat(server.chat().getPath()).isEqualTo("/live/rooms");
            Person.at(server.chat()).close();
            assertThat(RawHttp.get(server.page().resolve("/chat")).status()).isEqualTo(404);
            assertThat(RawHttp.get(server.page().resolve("/live/rooms")).status())
                    .isEqualTo(426);
            assertThat(RawHttp.get(server.page().resolve("/address.js")).body()).contains("\"live/rooms\"");
        }
    }

    @Test
    void aBusyPortIsToldInOneSentence() {
        try (ServerProcess first = ServerProcess.start()) {
            String port = Integer.toString(first.page().getPort());

            Ended second = ServerProcess.failing(Map.of("parley.port", port));

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.standardError())
                    .startsWith("Parley can't listen on 127.0.0.1:" + port + " (Address already in use)")
                    .hasLineCount(1);
            assertThat(second.standardOutput()).isEmpty();
        }
    }

    @Test
    void dataBelowTheTemporaryFolderAreAWarning() {
        String temporary = "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir");
        try (ServerProcess server = ServerProcess.start(Map.of(), temporary)) {
            assertThat(server.log()).containsOnlyOnce("The data are below the temporary folder");
        }
        try (ServerProcess server = ServerProcess.start()) {
            assertThat(server.log()).doesNotContain("temporary folder");
        }
    }

    @Test
    void anUnknownHostIsToldInOneSentence() {
        Ended ended = ServerProcess.failing(Map.of("parley.host", "no-such-host.invalid"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.standardError())
                .startsWith("Parley can't listen on no-such-host.invalid:0 (")
                .hasLineCount(1);
    }

    @Test
    void anAddressOfIpv6MayStandInBrackets() {
        try (ServerProcess server = ServerProcess.start(Map.of("parley.host", "[::1]"))) {
            assertThat(server.page().getHost()).isEqualTo("[::1]");
            RawClient.open(server.chat()).close();
        }
        assertThat(ServerProcess.failing(Map.of("parley.host", "[::1")).standardError())
                .startsWith("parley.host is '[::1' ")
                .hasLineCount(1);
    }

    @Test
    void aTemporaryFolderWithoutProgramsIsToldInOneSentence() {
        Command.run("mount", "-t", "tmpfs", "-o", "noexec", "tmpfs", temporary.toString());
        try {
            Ended ended = ServerProcess.failing(Map.of("java.io.tmpdir", temporary.toString()));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.standardError().lines().toList())
                    .last()
                    .asString()
                    .contains(temporary.toString(), "org.sqlite.tmpdir");
            assertThat(ended.standardError()).doesNotContain("\tat ");
            assertThat(temporary).isEmptyDirectory();
        } finally {
            Command.run("umount", temporary.toString());
        }
    }

    @Test
    void aWrongSettingIsToldInOneSentence() {
        Ended ended = ServerProcess.failing(Map.of("parley.rate", "many"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.standardError())
                .startsWith("parley.rate is 'many' (from the system property parley.rate), but must be a whole number")
                .hasLineCount(1);
    }

    @Test
    void aMisspeltSettingIsToldInOneSentence() {
        Ended ended = ServerProcess.failing(Map.of("parley.heartbeet", "1000"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.standardError()).contains("parley.heartbeat.").hasLineCount(1);
    }

    @Test
    void dataBelowTheTemporaryFolderAreWarnedOf() {
        String temporaryFolder = "-Djava.io.tmpdir=" + temporary;
        try (ServerProcess inside = ServerProcess.start(
                        Map.of("parley.data", temporary.resolve("data").toString()), temporaryFolder);
                ServerProcess outside = ServerProcess.start(Map.of(), temporaryFolder)) {
            assertThat(inside.log()).containsOnlyOnce("below the temporary folder, in " + temporary.resolve("data"));
            assertThat(outside.log()).doesNotContain("below the temporary folder");
        }
    }

    @Test
    void aDataFolderInUseIsToldInOneSentence() {
        Map<String, String> settings =
                Map.of("parley.data", temporary.resolve("data").toString());
        try (ServerProcess first = ServerProcess.start(settings)) {
            Ended second = ServerProcess.failing(settings);

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.standardError()).contains(temporary.toString()).hasLineCount(1);
            assertThat(first.standardOutput()).hasLineCount(1);
        }
    }

    @Test
    void itEndsWhenItIsToldToAndLeavesNothingBehind() {
        try (ServerProcess server = ServerProcess.start(Map.of("java.io.tmpdir", temporary.toString()))) {
            assertThat(temporary).isEmptyDirectory();

            assertThat(server.terminate()).isEqualTo(BY_SIGTERM);
            assertThat(temporary).isEmptyDirectory();
            assertThat(server.standardOutput()).hasLineCount(1);
        }
    }

    @Test
    void itEndsWithAConnectionThatSaysNothing() throws IOException {
        try (ServerProcess server = ServerProcess.start(Map.of("parley.drain", "500"));
                RawHttp connection = new RawHttp(server.page())) {
            assertThat(connection.ask("GET / HTTP/1.1").status()).isEqualTo(200);

            assertThat(server.terminate()).isEqualTo(BY_SIGTERM);
            assertThat(connection.isOver()).isTrue();
        }
    }

    @Test
    void aKilledServerLeavesNothingBehind() {
        try (ServerProcess killed = ServerProcess.start(Map.of("java.io.tmpdir", temporary.toString()))) {
            killed.kill();
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void whatOthersPreparedInTheTemporaryFolderIsLeftAlone() throws IOException {
        Path elsewhere = Files.writeString(
                Files.createDirectory(temporary.resolve("elsewhere")).resolve("file"), "mine");
        Path shared = Files.createDirectory(temporary.resolve("shared"));
        Files.createFile(Files.createDirectory(shared.resolve("parley-run-1")).resolve("lock"));
        Files.createSymbolicLink(shared.resolve("parley-run-1/lib"), elsewhere.getParent());
        Files.createSymbolicLink(shared.resolve("parley-run-2"), elsewhere.getParent());
        Command.run(
                "mkfifo",
                Files.createDirectory(shared.resolve("parley-run-3"))
                        .resolve("lock")
                        .toString());
        Files.createSymbolicLink(
                Files.createDirectory(shared.resolve("parley-run-4")).resolve("lock"), elsewhere);
        try (ServerProcess server = ServerProcess.start(Map.of("java.io.tmpdir", shared.toString()))) {
            assertThat(server.terminate()).isEqualTo(BY_SIGTERM);
        }
        assertThat(elsewhere).hasContent("mine");
        assertThat(shared.resolve("parley-run-1/lock")).isEmptyFile();
        try (Stream<Path> files = Files.list(shared)) {
            assertThat(files).hasSize(4);
        }
    }

    /** Nothing stands in the temporary folder any more, and the lazy parts are used for the first time. */
    @Test
    void whatIsLoadedLateIsThereWithoutAnyFile() {
        try (ServerProcess server = ServerProcess.start(Map.of("java.io.tmpdir", temporary.toString()));
                Person ann = Person.at(server.chat(), Map.of("name", "ann"))) {
            assertThat(temporary).isEmptyDirectory();
            assertThat(RawHttp.get(server.page().resolve("/index.html")).status())
                    .isEqualTo(200);
            ann.joins("garden");
            ann.says("garden", "hi");
            ann.hears("hi");
            ann.asksForHistory("garden", Map.of());
            assertThat(ann.asks("watch", Map.of("on", true)).getString("type")).isEqualTo("watching");
            ann.leaves("garden");
            ann.line().send("{");
            ann.awaits("error");
            server.askToEnd();
            ann.awaits("bye");
            assertThat(server.terminate()).isEqualTo(BY_SIGTERM);
            assertThat(server.log()).doesNotContain("NoClassDefFoundError", "\tat ");
        }
    }
}
