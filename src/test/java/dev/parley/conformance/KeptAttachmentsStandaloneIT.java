package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients get in place of attachments whose bytes the server keeps no longer. */
@Timeout(120)
class KeptAttachmentsStandaloneIT {
    private static final String ROOM = "garden";

    @TempDir
    private Path data;

    private ServerProcess start(String keep) {
        Map<String, String> settings = new HashMap<>(Map.of("parley.data", data.toString()));
        if (keep != null) {
            settings.put("parley.keep", keep);
        }
        return ServerProcess.start(settings);
    }

    private void age(int days) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("parley.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "update entry set at = at - " + Duration.ofDays(days).toMillis());
        }
    }

    private static List<JsonObject> history(Person person) {
        return Messages.entries(person.asksForHistory(ROOM, Map.of()));
    }

    @Test
    void theEntryStaysForEachKindOfClientAndAFetchSaysThatTheBytesAreGone() throws SQLException {
        String epoch;
        try (ServerProcess server = start(null);
                Person ann = Person.at(server.chat(), Map.of("name", "ann"))) {
            epoch = ann.joins(ROOM).getString("epoch");
            Map<String, String> header = Map.of("room", ROOM, "media", "image/png", "name", "rose.png");
            assertThat(ann.saysBytes(new byte[5], header).getString("type")).isEqualTo("said");
            ann.says("a text");
        }
        age(4);
        try (ServerProcess server = start("*: attachments 3 days");
                Person apart = Person.at(server.chat(), Map.of("name", "ann", "attachments", "apart"));
                Person older = Person.at(server.chat(), Map.of("name", "bob"))) {
            await().until(() -> history(apart).get(0).containsKey("expired"));
            JsonObject reference =
                    Messages.entries(apart.resumes(ROOM, 0, epoch)).get(0);
            assertThat(reference.getString("media")).isEqualTo("image/png");
            assertThat(reference.getString("name")).isEqualTo("rose.png");
            assertThat(reference.getInt("size")).isEqualTo(5);
            assertThat(reference.getBoolean("expired")).isTrue();
            JsonObject refusal = apart.answerTo("fetch", Map.of("room", ROOM, "seq", 1));
            assertThat(refusal.getString("code")).isEqualTo("notFound");
            assertThat(refusal.getString("message")).contains("not kept any more");

            for (JsonObject text : List.of(
                    history(older).get(0),
                    Messages.entries(older.joins(ROOM)).get(0),
                    Messages.entries(older.resumes(ROOM, 0, epoch)).get(0))) {
                assertThat(text.getString("text")).isEqualTo("expired");
                assertThat(text).doesNotContainKeys("media", "name", "size", "data", "expired");
            }
            assertThat(history(older).get(1).getString("text")).isEqualTo("a text");
        }
    }
}
