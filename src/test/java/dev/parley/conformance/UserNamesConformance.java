package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ChatClient;
import dev.parley.client.ChatListener;
import dev.parley.client.ClientOptions;
import dev.parley.identity.jwt.Mint;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The names of users go before guests. On a server with the settings of {@link TokenConformance}. */
interface UserNamesConformance {
    URI chat();

    @Test
    default void aGuestGivesItsNameToTheUserAndIsToldItsNewOne() {
        String name = unique("ann");
        String room = unique("room");
        try (Person bob = guest(unique("bob"));
                Person guest = guest(name)) {
            bob.joins(room);
            guest.joins(room);
            bob.seesOnline(name, true);
            guest.says(room, "before");
            try (Person user = user("id of " + name, name)) {
                assertThat(user.name()).isEqualTo(name);
                JsonObject renamed = guest.awaits("renamed");
                assertThat(renamed.getString("user")).isEqualTo(name + "-2");
                assertThat(renamed.getString("reason")).contains(name);
                bob.seesOnline(name, false);
                bob.seesOnline(name + "-2", true);

                guest.says(room, "after");
                assertThat(bob.hears("before").getString("from")).isEqualTo(name);
                assertThat(bob.hears("after").getString("from")).isEqualTo(name + "-2");
                JsonObject joined = user.joins(room);
                assertThat(members(joined)).containsExactlyInAnyOrder(bob.name(), name, name + "-2");
                assertThat(joined.getJsonObject("callers").keySet()).containsExactly(name);
                JsonObject presence = bob.awaits("presence");
                assertThat(presence.getString("user")).isEqualTo(name);
                assertThat(CallerConformance.kindAndId(presence)).containsExactly("user", "id of " + name);
            }
        }
    }

    /** Its session is still good, and its messages keep their ids. */
    @Test
    default void aGuestThatWasRenamedComesBackUnderItsNewName() {
        String name = unique("ann");
        String room = unique("room");
        try (Person guest = guest(name);
                Person user = user("id of " + name, name)) {
            assertThat(guest.awaits("renamed").getString("user")).isEqualTo(name + "-2");
            guest.joins(room);
            guest.says(room, "same", "once");
            guest.vanishes();

            try (Person again = Person.at(chat(), Map.of("session", guest.session(), "name", name))) {
                assertThat(again.name()).isEqualTo(name + "-2");
                again.joins(room);
                assertThat(again.says(room, "same", "once").getInt("seq")).isEqualTo(1);
            }
            assertThat(user.name()).isEqualTo(name);
        }
    }

    @Test
    default void noGuestGetsANameThatAUserHadAndNoGuestComesBackToIt() {
        String name = unique("ann");
        Person before = guest(name);
        assertThat(before.name()).isEqualTo(name);
        before.close();
        try (Person user = user("id of " + name, name)) {
            assertThat(user.name()).isEqualTo(name);
        }
        try (Person again = Person.at(chat(), Map.of("session", before.session()));
                Person other = guest(name.toUpperCase(Locale.ROOT))) {
            assertThat(again.name()).startsWith(name + "-");
            assertThat(other.name()).startsWith(name.toUpperCase(Locale.ROOT) + "-");
        }
    }

    @Test
    default void aNameThatIsHeldForAGuestIsFreeForAUser() {
        String name = unique("ann");
        Person guest = guest(name);
        guest.vanishes();
        try (Person user = user("id of " + name, name)) {
            assertThat(user.name()).isEqualTo(name);
        }
    }

    @Test
    default void twoUsersOfOneNameAreToldApartByTheirIds() {
        String name = unique("ann");
        String room = unique("room");
        try (Person first = user("first " + name, name);
                Person second = user("second " + name, name)) {
            assertThat(first.name()).isEqualTo(name);
            assertThat(second.name()).isEqualTo(name + "-2");
            first.joins(room);
            JsonObject callers = second.joins(room).getJsonObject("callers");
            assertThat(callers.getJsonObject(name).getString("id")).isEqualTo("first " + name);
            assertThat(callers.getJsonObject(name + "-2").getString("id")).isEqualTo("second " + name);
        }
    }

    @Test
    default void aReadMarkBelongsToTheUserUnderEachOfItsNames() {
        String name = unique("ann");
        String other = unique("annie");
        String room = unique("room");
        try (Person bob = guest(unique("bob"));
                Person guest = guest(name)) {
            bob.joins(room);
            for (int i = 0; i < 3; i++) {
                bob.says(room, "text " + i);
            }
            guest.joins(room);
            guest.sends("read", Map.of("room", room, "seq", 1));
            assertThat(bob.awaits("read").getString("user")).isEqualTo(name);
            try (Person user = user("id of " + name, name)) {
                guest.awaits("renamed");
                assertThat(reads(user.joins(room))).isEqualTo(Map.of(name + "-2", 1));
                user.sends("read", Map.of("room", room, "seq", 3));
                assertThat(bob.awaits("read").getString("user")).isEqualTo(name);
            }
            try (Person user = user("id of " + name, other)) {
                assertThat(reads(user.joins(room))).isEqualTo(Map.of(name + "-2", 1, other, 3));
            }
        }
    }

    @Test
    default void theJavaClientHasItsNewName() {
        String name = unique("ann");
        List<ServerMessage.Renamed> heard = new CopyOnWriteArrayList<>();
        ClientOptions options = ClientOptions.defaults()
                .withName(new UserName(name))
                .withListener(new ChatListener() {
                    @Override
                    public void renamed(ServerMessage.Renamed renamed) {
                        heard.add(renamed);
                    }
                });
        try (ChatClient client = ChatClient.connect(chat(), options);
                Person user = user("id of " + name, name)) {
            await().until(() -> !heard.isEmpty());
            assertThat(user.name()).isEqualTo(name);
            assertThat(heard).extracting(renamed -> renamed.user().value()).containsExactly(name + "-2");
            assertThat(client.welcome().user().value()).isEqualTo(name + "-2");
        }
    }

    private static List<String> members(JsonObject joined) {
        return joined.getJsonArray("members").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    private static Map<String, Integer> reads(JsonObject joined) {
        JsonObject reads = joined.getJsonObject("reads");
        return reads.keySet().stream().collect(Collectors.toMap(name -> name, reads::getInt));
    }

    private static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private Person guest(String name) {
        return Person.at(chat(), Map.of("name", name));
    }

    private Person user(String id, String shown) {
        Mint mint = new Mint(TokenConformance.SECRET, null, TokenConformance.AUDIENCE);
        return Person.at(chat(), Map.of("token", mint.token(id, shown, Duration.ofHours(1))));
    }
}
