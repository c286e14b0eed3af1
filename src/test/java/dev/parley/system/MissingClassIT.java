package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.CloseCode;
import dev.parley.testing.Frame;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.RawHttp;
import dev.parley.testing.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An {@link Error} in the handling of a message, by a WAR that lacks a class which nothing else needs: the peer is
 * answered or closed, the log says why, and the others go on.
 */
@Timeout(120)
class MissingClassIT {
    private static final String ROOM = "garden";

    @TempDir
    private Path folder;

    @Test
    void aMessageThatCannotBeHandledIsAnsweredAndTheConnectionGoesOn() throws IOException {
        try (ServerProcess server = startWithout("dev/parley/room/Presence");
                Person ann = Person.at(server.chat())) {
            assertThat(ann.isRefused("join", Map.of("room", ROOM, "limit", 0))).isEqualTo("unavailable");
            ann.awaitsBeat();
            assertIsLogged(server, "could not be handled");
        }
    }

    @Test
    void aMessageThatCannotBeReadEndsItsConnectionAndNoOther() throws IOException {
        try (ServerProcess server = startWithout("dev/parley/wire/BinaryFrame");
                Person other = Person.at(server.chat());
                Person ann = Person.at(server.chat())) {
            ann.line().send(new Frame(true, Frame.BINARY, new byte[] {1, 2, 3}));
            assertThat(ann.isClosed()).isEqualTo(CloseCode.INTERNAL.code());
            other.awaitsBeat();
            assertIsLogged(server, "could not be answered");
        }
    }

    /** On the loop of the room, when the first page is to be read. */
    @Test
    void aJoinThatCannotBeAnsweredEndsItsConnectionAndNoOther() throws IOException {
        try (ServerProcess server = startWithout("dev/parley/room/FirstPage");
                Person other = Person.at(server.chat());
                Person ann = Person.at(server.chat())) {
            ann.sends("join", Map.of("room", ROOM, "limit", 0));
            assertThat(ann.isClosed()).isEqualTo(CloseCode.RESTART.code());
            other.awaitsBeat();
            assertIsLogged(server, "could not be sent");
        }
    }

    @Test
    void aConnectionThatCannotBeOpenedEndsAndTakesNoPlace() throws IOException {
        try (ServerProcess server = startWithout("dev/parley/endpoint/Closing", Map.of("parley.connections", "2"))) {
            for (int i = 0; i < 5; i++) {
                try (RawClient refused = RawClient.open(server.chat())) {
                    refused.awaitEnd();
                }
            }
            assertIsLogged(server, "");
        }
    }

    @Test
    void aPageThatCannotBeServedEndsItsConnectionAndNoOther() throws IOException {
        try (ServerProcess server = startWithout("dev/parley/webapp/PageFile$Answer", Map.of());
                Person other = Person.at(server.chat());
                RawHttp page = new RawHttp(server.page())) {
            page.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            page.transferTo(answer);
            assertThat(answer.toString(StandardCharsets.US_ASCII)).matches("(?s)|HTTP/1.1 500 .*");
            other.awaitsBeat();
            assertIsLogged(server, "");
        }
    }

    private static void assertIsLogged(ServerProcess server, String sentence) {
        await().untilAsserted(() -> assertThat(server.log()).contains("java.lang.NoClassDefFoundError", sentence));
    }

    private ServerProcess startWithout(String type) throws IOException {
        return startWithout(type, Map.of());
    }

    private ServerProcess startWithout(String type, Map<String, String> settings) throws IOException {
        Path war = folder.resolve("bent.war");
        Files.copy(ServerProcess.war(), war);
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + war.toUri()), Map.of())) {
            Files.delete(inside.getPath("WEB-INF/classes", type + ".class"));
        }
        return ServerProcess.start(war, settings);
    }
}
