package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daily quotas of the standalone server, where rules and tokens can give more. */
class DailyQuotaStandaloneIT extends Guests implements DailyQuotaConformance {
    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        Path rules = Files.write(
                folder.resolve("rooms.rules"),
                List.of(
                        MORE + "* everybody all",
                        MORE + "* role:bot quota:2",
                        "*      everybody all",
                        "*      role:agent quota:3"));
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("parley.access.rules", rules.toString());
        server = ServerProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public URI chat() {
        return server.chat();
    }

    @Override
    public String server() {
        return "standalone";
    }

    /** The quota for all rooms is that of direct rooms too, about which no policy decides anything else. */
    @Test
    void aTokenAndARuleCanGiveMoreInDirectRooms() {
        Map<String, ?> claim = Mint.rooms(Map.of("*", List.of("all", "quota:2")));
        makesDirectRooms(user(DailyQuotaConformance.id("bot"), DailyQuotaConformance.network(), 1, claim), 2 * ROOMS);
        Map<String, ?> role = Map.of("roles", List.of("agent"));
        makesDirectRooms(user(DailyQuotaConformance.id("agent"), DailyQuotaConformance.network(), 1, role), 3 * ROOMS);
    }

    @Test
    void aRoomThatIsCreatedIsMadeOnce() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("parley.access", "members");
        try (ServerProcess members = ServerProcess.start(settings)) {
            Mint mint = new Mint(SECRET, null, null);
            Person ann = Person.at(
                    members.chat(), Map.of("token", mint.token("ann", "ann", Duration.ofMinutes(5), Map.of())));
            for (int i = 0; i < ROOMS; i++) {
                String room = "made-" + i;
                // It may come again, as after a broken connection.
                ann.asks("create", Map.of("room", room));
                ann.asks("create", Map.of("room", room));
            }
            DailyQuotaConformance.assertIsTooMuch(
                    ann.answerTo("create", Map.of("room", "one-more")), "you may make 4 rooms in a day");
            // The first message to the room of another user makes no room, and neither does what is rejected.
            Person bob = Person.at(
                    members.chat(), Map.of("token", mint.token("bob", "bob", Duration.ofMinutes(5), Map.of())));
            assertThat(bob.isRefused("create", Map.of("room", "made-0"))).isEqualTo("forbidden");
            for (int i = 0; i < ROOMS; i++) {
                bob.joins("made-" + i);
                DailyQuotaConformance.assertSaid(DailyQuotaConformance.says(bob, "made-" + i, "1"), 1);
            }
            bob.asks("create", Map.of("room", "one-more"));
        }
    }

    private static void makesDirectRooms(Person person, int most) {
        for (int i = 0; i <= most; i++) {
            String invented = "@" + DailyQuotaConformance.id("nobody");
            person.joins(invented);
            if (i < most) {
                DailyQuotaConformance.assertSaid(DailyQuotaConformance.says(person, invented, "1"), 1);
            } else {
                DailyQuotaConformance.assertIsTooMuch(
                        DailyQuotaConformance.says(person, invented, "1"), "you may make " + most + " rooms in a day");
            }
        }
    }
}
