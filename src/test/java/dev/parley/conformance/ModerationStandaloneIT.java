package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.client.ChatClient;
import dev.parley.client.ClientOptions;
import dev.parley.identity.jwt.Mint;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.Target;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moderation on the standalone server, which trusts the tests to name the addresses of their clients. */
class ModerationStandaloneIT extends Guests implements ModerationConformance {
    private static ServerProcess server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(settings());
    }

    private static Map<String, String> settings() {
        return Map.of(
                "parley.heartbeat", "1000",
                "parley.rate", "500",
                "parley.jwt.secret", SECRET,
                "parley.proxies", "127.0.0.1");
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

    private Person from(String address, Map<String, ?> hello) {
        return Person.on(attended(RawClient.open(chat(), "X-Forwarded-For: " + address)), hello);
    }

    @Test
    void aGuestWhoseAddressIsBannedDoesNotComeBackWithAnotherSession() {
        String room = room();
        Person moderator = moderator();
        Person mallory = from("2001:db8:1:2::1", Map.of("name", "mallory"));
        mallory.joins(room);
        Person stays = from("2001:db8:1:2::3", Map.of("name", "eve"));
        stays.joins(room);
        ModerationConformance.moderates(
                moderator, room, "ban", Map.of("user", mallory.name(), "address", true, "seconds", 60));
        assertThat(mallory.awaits("left").getString("reason")).contains(" until ");
        assertThat(stays.awaits("left").getString("reason")).contains(" until ");
        Person back = from("2001:db8:1:2::9", Map.of("name", "not-mallory"));
        assertThat(back.isRefused("join", Map.of("room", room))).isEqualTo("forbidden");
        back.joins(room());
        from("2001:db8:1:3::1", Map.of("name", "neighbour")).joins(room);

        ModerationConformance.moderates(moderator, room, "unban", Map.of("user", mallory.name()));
        back.joins(room);
        stays.joins(room);
    }

    /** Otherwise any moderator of a room could ask who is connected to the server. */
    @Test
    void theAddressOfAUserThatIsNotInTheRoomIsNotKnown() {
        String room = room();
        Person moderator = moderator();
        String id = "bob-" + UUID.randomUUID();
        Person bob = user(id);
        Map<String, ?> ban = Map.of("callerId", id, "address", true);
        assertThat(ModerationConformance.isRefused(moderator, room, "ban", ban)).isEqualTo("notFound");
        bob.joins(room());
        assertThat(ModerationConformance.isRefused(moderator, room, "ban", ban)).isEqualTo("notFound");
        bob.joins(room);
        assertThat(ModerationConformance.isRefused(moderator, room, "ban", ban)).isEqualTo("forbidden");
    }

    @Test
    void theJavaClientModerates() throws Exception {
        RoomName room = new RoomName(room());
        Person bob = person("bob", room.value());
        bob.says(room.value(), "a secret");
        String token = new Mint(SECRET, null, null)
                .token("mod", "mod", Duration.ofMinutes(5), Mint.rooms(Map.of("*", List.of("all", "moderate"))));
        try (ChatClient moderator =
                ChatClient.connect(chat(), ClientOptions.defaults().withToken(token))) {
            assertThat(get(moderator.join(room)).may()).contains(Permission.MODERATE);
            get(moderator.moderate(
                    room, ModerationAction.MUTE, Target.user(bob.name()), Duration.ofMinutes(1), false, "spam"));
            assertThat(bob.awaits("granted").getJsonArray("may")).isEmpty();
            get(moderator.moderate(room, ModerationAction.UNMUTE, Target.authorOf(1), null, false, null));
            bob.awaits("granted");
            get(moderator.slow(room, Duration.ofMinutes(1), null));
            assertThat(bob.awaits("granted").getInt("slow")).isEqualTo(60);
            get(moderator.erase(room, 1, null));
            assertThat(bob.awaits("erased").getInt("seq")).isEqualTo(1);
            CompletableFuture<?> self = moderator
                    .moderate(
                            room,
                            ModerationAction.BAN,
                            Target.caller(moderator.welcome().caller()),
                            null,
                            false,
                            null)
                    .toCompletableFuture();
            assertThatThrownBy(() -> get(self))
                    .hasCauseInstanceOf(ParleyException.class)
                    .hasMessageContaining("you can't moderate yourself");
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void nobodyBansTheAddressThatHeComesFrom() {
        String room = room();
        Person moderator = moderator();
        Person bob = person("bob", room);
        assertThat(ModerationConformance.isRefused(moderator, room, "ban", Map.of("user", bob.name(), "address", true)))
                .isEqualTo("forbidden");
        bob.says(room, "still here");
    }

    @Test
    void bansOutliveARestart() {
        Map<String, String> kept = new HashMap<>(settings());
        kept.put("parley.data", folder.toString());
        String token = new Mint(SECRET, null, null)
                .token("mod", "mod", Duration.ofMinutes(5), Mint.rooms(Map.of("*", List.of("all", "moderate"))));
        String session;
        try (ServerProcess first = ServerProcess.start(kept);
                Person moderator = Person.at(first.chat(), Map.of("token", token));
                Person mallory = Person.at(first.chat(), Map.of("name", "mallory"))) {
            mallory.joins("garden");
            session = mallory.session();
            ModerationConformance.moderates(moderator, "garden", "ban", Map.of("user", "mallory"));
            mallory.awaits("left");
            ModerationConformance.moderates(moderator, "garden", "slow", Map.of("seconds", 60));
        }
        try (ServerProcess second = ServerProcess.start(kept);
                Person mallory = Person.at(second.chat(), Map.of("session", session));
                Person bob = Person.at(second.chat(), Map.of("name", "bob"))) {
            assertThat(mallory.isRefused("join", Map.of("room", "garden"))).isEqualTo("forbidden");
            assertThat(mallory.isRefused("history", Map.of("room", "garden"))).isEqualTo("forbidden");
            assertThat(bob.joins("garden").getInt("slow")).isEqualTo(60);
        }
    }
}
