package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.ServerProcess;
import dev.parley.wire.MessageJson;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A join that is refused later, because the log can be written and can't be read. */
@Timeout(120)
class RefusedJoinIT {
    private static final RoomName ROOM = new RoomName("garden");
    private static final Ref JOIN = Ref.of(1);
    private static final Ref SAY = Ref.of(2);

    @TempDir
    private Path folder;

    @Test
    void whatIsSaidBehindAJoinThatIsRefusedIsNotStored() throws SQLException {
        try (ServerProcess server = start();
                Caller ann = new Caller(server.chat())) {
            ann.says(new ClientMessage.Join(null, ROOM, null, null, 0));
            ann.awaits(ServerMessage.Joined.class);
            ann.says(say("before"));
            ann.awaits(ServerMessage.Said.class);
        }
        // A row that is neither a text nor an attachment: any page that it is on fails, and writing goes on.
        change("update entry set text = null");
        try (ServerProcess server = start();
                Caller bob = new Caller(server.chat())) {
            bob.line()
                    .send("[" + MessageJson.write(new ClientMessage.Join(JOIN, ROOM, null, null, 50)) + ","
                            + MessageJson.write(say("too early")) + "]");
            assertThat(bob.answer())
                    .isInstanceOfSatisfying(
                            ServerMessage.Error.class,
                            error -> assertThat(error.ref()).isEqualTo(JOIN));
            assertThat(bob.answer())
                    .isInstanceOfSatisfying(
                            ServerMessage.Error.class,
                            error -> assertThat(error.ref()).isEqualTo(SAY));
            // In another room all goes on, and what was written before is written when this is.
            bob.says(new ClientMessage.Join(null, new RoomName("shed"), null, null, 0));
            bob.awaits(ServerMessage.Joined.class);
            bob.says(new ClientMessage.Say(null, new RoomName("shed"), null, new Body.Text("later")));
            bob.awaits(ServerMessage.Said.class);
        }
        change("update entry set text = 'before' where text is null");
        try (ServerProcess server = start();
                Caller cid = new Caller(server.chat())) {
            cid.says(new ClientMessage.Join(null, ROOM, null, null, 50));
            assertThat(cid.awaits(ServerMessage.Joined.class).entries())
                    .extracting(Entry::body)
                    .isEqualTo(List.of(new Body.Text("before")));
        }
    }

    private static ClientMessage.Say say(String text) {
        return new ClientMessage.Say(SAY, ROOM, null, new Body.Text(text));
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
