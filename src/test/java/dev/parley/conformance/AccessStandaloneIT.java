package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a guest gets of rooms where the setting {@code parley.access} lets only users in: nothing. */
@Timeout(60)
class AccessStandaloneIT {
    private static final String EXISTING = "garden";
    private static final String NEW = "cellar";
    private static final String SECRET = "a secret of more than thirty-two bytes";

    @TempDir
    Path data;

    private ServerProcess server;
    private Person guest;

    @BeforeEach
    void aRoomThatHasALogAndAServerThatLetsOnlyUsersIn() {
        try (ServerProcess open = ServerProcess.start(Map.of("parley.data", data.toString()))) {
            Person ann = Person.at(open.chat(), Map.of("name", "ann"));
            ann.joins(EXISTING);
            ann.says("the roses are out");
        }
        server = ServerProcess.start(
                Map.of("parley.data", data.toString(), "parley.access", "users", "parley.jwt.secret", SECRET));
        guest = Person.at(server.chat(), Map.of("name", "guest"));
    }

    @AfterEach
    void stop() {
        guest.close();
        server.close();
    }

    @Test
    void aGuestJoinsNoRoomAndReadsNone() {
        assertThat(guest.isRefused("join", Map.of("room", EXISTING))).isEqualTo("forbidden");
        assertThat(guest.isRefused("history", Map.of("room", EXISTING))).isEqualTo("forbidden");
        assertThat(guest.isRefused("say", Map.of("room", EXISTING, "text", "let me in")))
                .isEqualTo("forbidden");
        assertThat(guest.isRefused("say", Map.of("text", "let me in"))).isEqualTo("notMember");
    }

    @Test
    void theBearerOfATokenIsIn() {
        String token = new Mint(SECRET, null, null).token("bob", "Bob", Duration.ofMinutes(1));
        try (Person bob = Person.at(server.chat(), Map.of("token", token))) {
            assertThat(Messages.texts(Messages.entries(bob.joins(EXISTING)))).containsExactly("the roses are out");
            assertThat(bob.says(EXISTING, "and the lilies").getInt("seq")).isEqualTo(2);
        }
    }

    /** The lobby is where a plain line goes from somebody who has joined nothing. */
    @Test
    void aPlainLineDoesNotBringAGuestIn() {
        guest.line().send("let me in");

        JsonObject refused = guest.awaits("error");
        assertThat(refused.getString("code")).isEqualTo("forbidden");
        guest.awaitsBeat();
        assertThat(guest.hasHeard()).noneMatch(message -> Messages.is(message, "joined"));
    }

    @Test
    void hintsOfAGuestAreDroppedWithoutAWord() {
        guest.sends("typing", Map.of("room", EXISTING));
        guest.awaitsBeat();
        assertThat(guest.hasHeard()).noneMatch(message -> Messages.is(message, "error"));
    }

    @Test
    void aGuestDoesNotLearnWhichRoomsThereAre() {
        String existing = answer("join", EXISTING).replace(EXISTING, "…");
        String none = answer("join", NEW).replace(NEW, "…");

        assertThat(existing).isEqualTo(none).contains("forbidden");
        assertThat(answer("history", EXISTING).replace(EXISTING, "…"))
                .isEqualTo(answer("history", NEW).replace(NEW, "…"))
                .contains("forbidden");
    }

    /** The answer to a request without a mark, so that both are alike. */
    private String answer(String type, String room) {
        guest.sends(type, Map.of("room", room));
        return guest.awaits("error").toString();
    }
}
