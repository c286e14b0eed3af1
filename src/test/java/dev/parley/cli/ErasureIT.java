package dev.parley.cli;

import static dev.parley.cli.CommandRun.parley;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar parley.war export} and {@code erase}, as a user runs them. */
@Timeout(180)
class ErasureIT {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path temporary;

    private Map<String, String> settings() {
        return Map.of("parley.data", data(), "parley.greeter", "false", "parley.jwt.secret", SECRET);
    }

    private String data() {
        return temporary.resolve("data").toString();
    }

    private static String token(String user) throws IOException, InterruptedException {
        CommandRun run = parley(List.of("-Dparley.jwt.secret=" + SECRET), "token", "--name=" + user);
        assertThat(run.exitCode()).isZero();
        return run.output().strip();
    }

    private List<JsonObject> exported(String name, String user) throws IOException, InterruptedException {
        Path file = temporary.resolve(name);
        CommandRun run = parley("export", "--data=" + data(), "--user=" + user, file.toString());
        assertThat(run.output()).contains("holds");
        assertThat(run.exitCode()).isZero();
        return Files.readAllLines(file).stream().map(ErasureIT::object).toList();
    }

    private static JsonObject object(String line) {
        try (var reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    @Test
    void everythingOfAUserIsExportedAndThenErased() throws Exception {
        String token = token("ann@example.com");
        try (ServerProcess server = ServerProcess.start(settings());
                Person ann = Person.at(server.chat(), Map.of("token", token));
                Person bob = Person.at(server.chat(), Map.of("name", "bob"))) {
            ann.joins("garden");
            bob.joins("garden");
            ann.says("garden", "a1", "swordfish \u00e4\n\"");
            bob.says("garden", "b1", "his");
            ann.sends("read", Map.of("room", "garden", "seq", 2));
            ann.joins("cellar");
            ann.says("cellar", "a2", "swordfish too");

            List<JsonObject> running = exported("running", "ann@example.com");
            assertThat(running.get(0).getString("text")).isEqualTo("swordfish \u00e4\n\"");
            assertThat(running.get(0).getJsonObject("caller").getString("id")).isEqualTo("ann@example.com");

            CommandRun early = parley("erase", "--data=" + data(), "--user=ann@example.com");
            assertThat(early.exitCode()).isEqualTo(2);
            assertThat(early.output())
                    .startsWith("parley: another Parley uses the data folder")
                    .hasLineCount(1);
        }
        List<JsonObject> lines = exported("stopped", "ann@example.com");
        assertThat(lines).extracting(line -> line.getString("type")).containsExactly("entry", "read", "entry", "name");
        assertThat(exported("nobody", "nobody@example.com")).isEmpty();

        CommandRun erase = parley("erase", "--data=" + data(), "--user=ann@example.com");
        assertThat(erase.output()).contains("2 messages erased.");
        assertThat(erase.exitCode()).isZero();
        assertThat(exported("erased", "ann@example.com")).isEmpty();
        assertThat(Files.readString(temporary.resolve("data").resolve("parley.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain("swordfish", "ann@example.com");

        try (ServerProcess server = ServerProcess.start(settings());
                Person bob = Person.at(server.chat(), Map.of("name", "bob"))) {
            assertThat(bob.asksForHistory("garden", Map.of()).toString())
                    .contains("his")
                    .doesNotContain("swordfish", "ann@");
        }
        CommandRun room = parley("erase", "--data=" + data(), "--room=garden");
        assertThat(room.output()).contains("1 message erased.");
    }

    @Test
    void whatCannotBeDoneIsToldInASentence() throws Exception {
        CommandRun nothing = parley("erase", "--data=" + data(), "--room=garden");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.output())
                .startsWith("parley: can't erase: there is no log in")
                .hasLineCount(1);
        CommandRun export = parley("export", "--data=" + data(), "--user=ann", "file");
        assertThat(export.exitCode()).isEqualTo(2);
        assertThat(export.output())
                .startsWith("parley: can't write the export: there is no log in")
                .hasLineCount(1);
        assertThat(parley("erase", "--data=" + data()).exitCode()).isEqualTo(2);
    }
}
