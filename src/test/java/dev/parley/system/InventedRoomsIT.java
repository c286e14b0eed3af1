package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user with a script that invents names of rooms leaves few rows in the database. */
@Timeout(300)
class InventedRoomsIT {
    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final int INVENTED = 10_000;
    /** The default of the setting. */
    private static final int QUOTA = 100;
    /** Messages in a frame. */
    private static final int TOGETHER = 200;

    @TempDir
    private Path folder;

    @Test
    void messagesToTenThousandInventedDirectRoomsMakeAsManyRoomsAsTheQuotaAllows() throws SQLException {
        int said;
        try (ServerProcess server = start();
                Person ann = user(server)) {
            said = answers(ann, 3, room -> """
                            {"type":"join","ref":%1$d,"room":"@nobody-%1$d","limit":0},
                            {"type":"say","ref":%1$d,"room":"@nobody-%1$d","id":"1","text":"hello"},
                            {"type":"leave","ref":%1$d,"room":"@nobody-%1$d"}""".formatted(room));
            // Who has made too many rooms still talks in those that are there.
            ann.joins("@nobody-1");
            assertThat(Messages.seq(ann.says("@nobody-1", "still here"))).isEqualTo(2);
        }
        assertThat(said).isEqualTo(QUOTA);
        assertThat(count("room")).isEqualTo(QUOTA);
        assertThat(count("entry")).isEqualTo(QUOTA + 1);
        assertThat(count("direct")).isLessThanOrEqualTo(2 * QUOTA);
        // Ann, the application, and those that she has written to.
        assertThat(count("author")).isLessThanOrEqualTo(QUOTA + 2);
    }

    @Test
    void joinsAndReadMarksAloneLeaveNothing() throws SQLException {
        try (ServerProcess server = start();
                Person ann = user(server)) {
            int said = answers(ann, 2, room -> """
                            {"type":"join","ref":%1$d,"room":"invented-%1$d","limit":0},
                            {"type":"read","room":"invented-%1$d","seq":%1$d},
                            {"type":"typing","room":"invented-%1$d"},
                            {"type":"leave","ref":%1$d,"room":"invented-%1$d"}""".formatted(room));
            assertThat(said).isZero();
        }
        assertThat(count("room")).isZero();
        assertThat(count("entry")).isZero();
        assertThat(count("mark")).isZero();
        // Ann and the application, for their names.
        assertThat(count("author")).isLessThanOrEqualTo(2);
    }

    private interface Messaging {
        /** Some messages, with commas between them. */
        String about(int room);
    }

    /**
     * Sends messages about each invented room, as fast as the answers come.
     *
     * @param answered how many of these messages are answered
     * @return how many answers are {@code said}; all errors must be {@code tooFast}
     */
    private static int answers(Person person, int answered, Messaging messages) {
        int said = 0;
        for (int first = 1; first <= INVENTED; first += TOGETHER) {
            person.line()
                    .send(IntStream.range(first, first + TOGETHER)
                            .mapToObj(messages::about)
                            .collect(Collectors.joining(",", "[", "]")));
            for (int i = 0; i < answered * TOGETHER; i++) {
                JsonObject answer = person.awaits("an answer", message -> message.containsKey("ref"));
                if (Messages.is(answer, "error")) {
                    assertThat(answer.getString("code")).as("%s", answer).isEqualTo("tooFast");
                }
                said += Messages.is(answer, "said") ? 1 : 0;
            }
            person.hasHeard();
        }
        return said;
    }

    private ServerProcess start() {
        return ServerProcess.start(Map.of(
                "parley.data", folder.toString(),
                "parley.greeter", "false",
                "parley.jwt.secret", SECRET,
                "parley.rate", "100000",
                "parley.rate.bytes", "100000000"));
    }

    private static Person user(ServerProcess server) {
        String token = new Mint(SECRET, null, null).token("ann", "ann", Duration.ofMinutes(5), Map.of());
        return Person.at(server.chat(), Map.of("token", token));
    }

    private long count(String table) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            return row.getLong(1);
        }
    }
}
