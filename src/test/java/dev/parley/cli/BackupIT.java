package dev.parley.cli;

import static dev.parley.cli.CommandRun.parley;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.ChatClient;
import dev.parley.client.ClientOptions;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar parley.war backup} and {@code restore}, as a user runs them. */
@Timeout(120)
class BackupIT {
    private static final RoomName ROOM = new RoomName("garden");

    @TempDir
    private Path temporary;

    @Test
    void whoComesBackToARestoredLogIsNotToldThatNothingIsMissing() throws Exception {
        Path data = temporary.resolve("data");
        Path file = temporary.resolve("backup");
        Map<String, String> settings = Map.of("parley.data", data.toString(), "parley.greeter", "false");
        String epoch;
        try (ServerProcess server = ServerProcess.start(settings);
                ChatClient ann = connect(server.chat())) {
            epoch = ends(ann.join(ROOM)).epoch();
            says(ann, 5);
            CommandRun backup = parley("backup", "--data=" + data, file.toString());
            assertThat(backup.output()).contains("5 messages of 1 room");
            assertThat(backup.exitCode()).isZero();
            // The server goes on, with its folder still its own.
            says(ann, 5);
            CommandRun early = parley("restore", "--data=" + data, file.toString());
            assertThat(early.exitCode()).isEqualTo(2);
            assertThat(early.output())
                    .startsWith("parley: another Parley uses the data folder")
                    .hasLineCount(1);
            server.kill();
        }

        CommandRun restore = parley("restore", "--data=" + data, file.toString());
        assertThat(restore.output()).contains("5 messages of 1 room", "parley.db.before-");
        assertThat(restore.exitCode()).isZero();

        try (ServerProcess server = ServerProcess.start(settings);
                ChatClient bob = connect(server.chat())) {
            ends(bob.join(ROOM));
            says(bob, 7);
            try (ChatClient ann = connect(server.chat())) {
                ServerMessage.Joined joined = ends(ann.join(ROOM, 10, epoch));
                assertThat(joined.recovered()).isFalse();
                assertThat(joined.entries()).hasSize(12);
            }
        }
    }

    @Test
    void whatCannotBeDoneIsToldInASentence() throws Exception {
        CommandRun run = parley("backup", "--data=" + temporary.resolve("nothing"), "file");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output())
                .startsWith("parley: can't write the backup: there is no folder")
                .hasLineCount(1);
    }

    private static ChatClient connect(URI chat) {
        return ChatClient.connect(chat, ClientOptions.defaults().withReconnect(false));
    }

    private static void says(ChatClient client, int count) {
        for (int i = 0; i < count; i++) {
            ends(client.say(ROOM, "text"));
        }
    }

    private static <T> T ends(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
