package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A join that is refused later, because the log can be written and can't be read. */
@Timeout(120)
class RefusedJoinIT {
    private static final String ROOM = "garden";

    @TempDir
    private Path folder;

    @Test
    void whatIsSaidBehindAJoinThatIsRefusedIsNotStored() throws SQLException {
        try (ServerProcess server = start();
                Person ann = Person.at(server.chat())) {
            ann.joins(ROOM);
            ann.says(ROOM, "before");
        }
        // An attachment without its bytes: any page that it is on fails, and writing goes on.
        change("update entry set text = null, media = 'image/png'");
        try (ServerProcess server = start();
                Person bob = Person.at(server.chat())) {
            bob.line()
                    .send(("[{'type':'join','ref':1,'room':'garden','limit':50},"
                                    + "{'type':'say','ref':2,'room':'garden','text':'too early'}]")
                            .replace('\'', '"'));
            for (int ref = 1; ref <= 2; ref++) {
                JsonObject answer = bob.awaits("an answer", message -> message.containsKey("ref"));
                assertThat(answer.getString("type")).isEqualTo("error");
                assertThat(answer.getInt("ref")).isEqualTo(ref);
            }
            // In another room all goes on, and what was written before is written when this is.
            bob.joins("shed");
            bob.says("shed", "later");
        }
        change("update entry set text = 'before', media = null where text is null");
        try (ServerProcess server = start();
                Person cid = Person.at(server.chat())) {
            assertThat(Messages.texts(Messages.entries(cid.joins(ROOM)))).containsExactly("before");
        }
    }

    private ServerProcess start() {
        return ServerProcess.start(Map.of("parley.data", folder.toString(), "parley.greeter", "false"));
    }

    private void change(String sql) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
                Statement statement = database.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
