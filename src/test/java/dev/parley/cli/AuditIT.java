package dev.parley.cli;

import static dev.parley.cli.CommandRun.parley;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar parley.war audit}, as a user runs it. */
@Timeout(120)
class AuditIT {
    private static final String SECRET = "a secret of more than thirty-two bytes";

    @TempDir
    private Path temporary;

    @Test
    void eachActionIsALineAlsoWhileTheServerRuns() throws Exception {
        Path data = temporary.resolve("data");
        Map<String, ?> claims = Mint.rooms(Map.of("*", List.of("all", "moderate")));
        String token = new Mint(SECRET, null, null).token("mod", "mod", Duration.ofMinutes(5), claims);
        try (ServerProcess server =
                        ServerProcess.start(Map.of("parley.data", data.toString(), "parley.jwt.secret", SECRET));
                Person moderator = Person.at(server.chat(), Map.of("token", token));
                Person mallory = Person.at(server.chat(), Map.of("name", "mallory"))) {
            assertThat(parley("audit", "--data=" + data).output()).isEmpty();
            mallory.joins("garden");
            mallory.says("garden", "a secret");
            moderator.asks(
                    "moderate",
                    Map.of("room", "garden", "action", "mute", "user", "mallory", "seconds", 60, "reason", "\"spam\""));
            moderator.asks("moderate", Map.of("room", "garden", "action", "erase", "seq", 1));

            CommandRun audit = parley("audit", "--data=" + data);
            assertThat(audit.exitCode()).isZero();
            List<JsonObject> lines = audit.output().lines().map(AuditIT::object).toList();
            assertThat(lines).hasSize(2);
            JsonObject mute = lines.get(0);
            assertThat(mute.getInt("number")).isEqualTo(1);
            assertThat(mute.getJsonObject("by").getString("id")).isEqualTo("mod");
            assertThat(mute.getString("action")).isEqualTo("mute");
            assertThat(mute.getString("room")).isEqualTo("garden");
            assertThat(mute.getJsonObject("whom").getString("kind")).isEqualTo("guest");
            assertThat(mute.getString("name")).isEqualTo("mallory");
            assertThat(mute.getInt("seconds")).isEqualTo(60);
            assertThat(mute.getString("reason")).isEqualTo("\"spam\"");
            assertThat(lines.get(1).getInt("seq")).isEqualTo(1);
            assertThat(audit.output()).doesNotContain("a secret");
        }
    }

    private static JsonObject object(String line) {
        return Json.createReader(new StringReader(line)).readObject();
    }

    @Test
    void aFolderWithoutALogIsASentence() throws Exception {
        CommandRun run = parley("audit", "--data=" + temporary.resolve("nothing"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output())
                .startsWith("parley: can't read the audit log: there is no log in")
                .hasLineCount(1);
    }
}
