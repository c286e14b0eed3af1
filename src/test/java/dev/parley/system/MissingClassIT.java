package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.Frame;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.net.Socket;
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
    private static final RoomName ROOM = new RoomName("garden");

    @TempDir
    private Path folder;

    @Test
    void aMessageThatCannotBeHandledIsAnsweredAndTheConnectionGoesOn() throws IOException {
        try (ServerProcess server = startWithout("dev/parley/room/Presence");
                Caller ann = new Caller(server.chat())) {
            ann.says(new ClientMessage.Join(Ref.of(7), ROOM, null, null, 0));
            assertThat(ann.awaits(ServerMessage.Error.class)).satisfies(error -> {
                assertThat(error.ref()).isEqualTo(Ref.of(7));
                assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            });
            ann.says(new ClientMessage.Beat());
            ann.awaits(ServerMessage.Beat.class);
            assertIsLogged(server, "could not be handled");
        }
    }

    @Test
    void aMessageThatCannotBeReadEndsItsConnectionAndNoOther() throws IOException {
        try (ServerProcess server = startWithout("dev/parley/wire/BinaryFrame");
                Caller other = new Caller(server.chat());
                Caller ann = new Caller(server.chat())) {
            ann.line().send(new Frame(true, Frame.BINARY, new byte[] {1, 2, 3}));
            assertThat(ann.line().awaitClose()).isEqualTo(CloseCode.INTERNAL.code());
            other.says(new ClientMessage.Beat());
            other.awaits(ServerMessage.Beat.class);
            assertIsLogged(server, "could not be answered");
        }
    }

    /** On the loop of the room, when the first page is to be read. */
    @Test
    void aJoinThatCannotBeAnsweredEndsItsConnectionAndNoOther() throws IOException {
        try (ServerProcess server = startWithout("dev/parley/room/Room$FirstPage");
                Caller other = new Caller(server.chat());
                Caller ann = new Caller(server.chat())) {
            ann.says(new ClientMessage.Join(null, ROOM, null, null, 0));
            assertThat(ann.line().awaitClose()).isEqualTo(CloseCode.RESTART.code());
            other.says(new ClientMessage.Beat());
            other.awaits(ServerMessage.Beat.class);
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
                Caller other = new Caller(server.chat());
                Socket page = new Socket(server.page().getHost(), server.page().getPort())) {
            page.setSoTimeout((int) RawClient.PATIENCE.toMillis());
            page.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(page.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).matches("(?s)|HTTP/1.1 500 .*");
            other.says(new ClientMessage.Beat());
            other.awaits(ServerMessage.Beat.class);
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
