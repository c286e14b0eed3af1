package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Limits;
import dev.parley.message.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    @Test
    void withNothingSetTheDefaultsHold() {
        Settings settings = Settings.of(Map.of(), Map.of());

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.data()).isEqualTo(Path.of("parley-data").toAbsolutePath());
        assertThat(settings.limits()).isEqualTo(new Limits(65_536, 1_048_576, 1_048_576, 50));
        assertThat(settings.burst()).isEqualTo(100);
        assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.guests()).isTrue();
        assertThat(settings.greeter()).isTrue();
    }

    @Test
    void aPropertyGoesBeforeAVariableAndAVariableBeforeTheDefault() {
        Map<String, String> environment = Map.of("PARLEY_LIMIT_TEXT", "1000", "PARLEY_RATE", "7");

        Settings settings = Settings.of(Map.of("parley.limit.text", "2000"), environment);

        assertThat(settings.limits().text()).isEqualTo(2000);
        assertThat(settings.limits().rate()).isEqualTo(7);
    }

    @Test
    void anAddressHasAtLeastSixteenTimesTheRoomsOfAUser() {
        assertThat(roomsOfAddress(Map.of())).isEqualTo(160_000);
        assertThat(roomsOfAddress(Map.of("parley.connections.address", "10"))).isEqualTo(80_000);
        assertThat(roomsOfAddress(Map.of("parley.quota.rooms", "50000"))).isEqualTo(4_000_000);
        assertThat(roomsOfAddress(Map.of("parley.quota.rooms.address", "7"))).isEqualTo(7);
    }

    private static int roomsOfAddress(Map<String, String> properties) {
        return Settings.of(properties, Map.of()).quotas().roomsOfAddress();
    }

    @Test
    void anEmptyValueIsNone() {
        Settings settings = Settings.of(Map.of("parley.port", " "), Map.of("PARLEY_PORT", ""));

        assertThat(settings.port()).isEqualTo(8080);
    }

    @Test
    void theBurstIsTwiceTheRateUnlessItIsSet() {
        assertThat(Settings.of(Map.of("parley.rate", "10"), Map.of()).burst()).isEqualTo(20);
        assertThat(Settings.of(Map.of("parley.rate", "10", "parley.burst", "11"), Map.of())
                        .burst())
                .isEqualTo(11);
        assertThat(Settings.of(Map.of("parley.rate", "1000000"), Map.of()).burst())
                .isEqualTo(2_000_000);
    }

    @ParameterizedTest
    @CsvSource({"jboss.server.data.dir", "com.sun.aas.instanceRoot", "catalina.base", "jetty.base", "server.output.dir"
    })
    void inAContainerTheDataIsWithItsOther(String folder) {
        assertThat(Settings.of(Map.of(folder, "/srv/container"), Map.of()).data())
                .isEqualTo(Path.of("/srv/container/parley-data").toAbsolutePath());
        assertThat(Settings.of(Map.of(folder, "/srv/container", "parley.data", "/srv/mine"), Map.of())
                        .data())
                .isEqualTo(Path.of("/srv/mine").toAbsolutePath());
    }

    @Test
    void eachApplicationHasAFolderOfItsOwnAndTheOneAtTheRootTheFolderItself() {
        Map<String, String> container = Map.of("jboss.server.data.dir", "/srv/container");
        Path base = Path.of("/srv/container/parley-data").toAbsolutePath();

        assertThat(data(container, "")).isEqualTo(base);
        assertThat(data(container, "shop")).isEqualTo(base.resolve("shop"));
        assertThat(data(Map.of("parley.data", "/srv/mine"), "shop"))
                .isEqualTo(Path.of("/srv/mine/shop").toAbsolutePath());
    }

    @Test
    void noTwoNamesOfApplicationsAreOneFolderAndNoneLeavesTheFolder() {
        List<String> names = List.of("a/b", "a_b", "a%2Fb", "..", ".", "parley.db", "\u00fc", "a b", "ab");

        List<Path> folders = names.stream()
                .map(name -> data(Map.of("parley.data", "/srv/mine"), name))
                .toList();

        assertThat(folders)
                .doesNotHaveDuplicates()
                .allMatch(
                        folder -> folder.getParent().equals(Path.of("/srv/mine").toAbsolutePath()))
                .noneMatch(folder -> folder.endsWith("parley.db"));
    }

    @Test
    void namesThatDifferInCaseAreTwoFoldersAlsoWhereCaseDoesNotCount(@TempDir Path base) {
        List<String> folders = Stream.of("shop", "Shop", "SHOP", "%2f", "%2F", "/")
                .map(name -> data(Map.of("parley.data", base.toString()), name))
                .map(folder -> folder.getFileName().toString().toLowerCase(Locale.ROOT))
                .toList();

        assertThat(folders).doesNotHaveDuplicates();
    }

    @Test
    void aFolderOfAnEarlierVersionIsUsedOnByItsOwnApplicationOnly(@TempDir Path base) throws IOException {
        Files.createDirectory(base.resolve("Shop%2FOne"));

        assertThat(data(Map.of("parley.data", base.toString()), "Shop/One")).isEqualTo(base.resolve("Shop%2FOne"));
        assertThat(data(Map.of("parley.data", base.toString()), "shop/one")).isEqualTo(base.resolve("shop%2Fone"));
        assertThat(data(Map.of("parley.data", base.toString()), "SHOP/ONE"))
                .isEqualTo(base.resolve("%53%48%4F%50%2F%4F%4E%45"));
    }

    @Test
    void aFolderOfAnEarlierVersionIsNamedUnlessItIsTheOneThatIsUsed(@TempDir Path folder) throws IOException {
        Path base = Files.createDirectory(folder.resolve("base"));
        Path started = Files.createDirectory(folder.resolve("started"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), base);
        Files.createDirectories(base.resolve("parley-data/shop"));

        assertThat(former(base, started, "")).isEmpty();
        Files.createDirectories(started.resolve("parley-data/shop"));
        assertThat(former(base, started, "")).contains(started.resolve("parley-data"));
        assertThat(former(base, started, "shop")).contains(started.resolve("parley-data/shop"));
        assertThat(former(base, started, "desk")).isEmpty();

        assertThat(former(base, base, "")).isEmpty();
        assertThat(former(link, base, "")).isEmpty();
        assertThat(former(link, base, "shop")).isEmpty();
        assertThat(Settings.of(
                                Map.of(
                                        "catalina.base",
                                        base.toString(),
                                        "user.dir",
                                        started.toString(),
                                        "parley.data",
                                        base.toString()),
                                Map.of())
                        .formerData())
                .isEmpty();
    }

    private static Optional<Path> former(Path base, Path started, String application) {
        Map<String, String> properties = Map.of("catalina.base", base.toString(), "user.dir", started.toString());
        return Settings.of(SettingPlaces.of(properties, Map.of()), application).formerData();
    }

    private static Path data(Map<String, String> properties, String application) {
        return Settings.of(SettingPlaces.of(properties, Map.of()), application).data();
    }

    @ParameterizedTest
    @CsvSource({"jboss.server.data.dir", "com.sun.aas.instanceRoot", "catalina.base", "jetty.base", "server.output.dir"
    })
    void aContainersFolderThatDoesNotLastIsRefusedUnlessOneIsSet(String folder, @TempDir Path temporary) {
        String unpacked = temporary.resolve("server-123/data").toString();
        Map<String, String> properties = Map.of("java.io.tmpdir", temporary.toString(), folder, unpacked);

        assertThatThrownBy(() -> Settings.of(properties, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("parley.data is not set")
                .hasMessageContaining(unpacked);
        assertThat(Settings.of(properties, Map.of("PARLEY_DATA", unpacked)).data())
                .isEqualTo(Path.of(unpacked));
    }

    @Test
    void lettersThatTheLocaleCanNotReadAreRefusedWithWhatToSet() {
        assertThatThrownBy(() -> Settings.of(Map.of("parley.data", "/srv/\uFFFD\uFFFD"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    void theOriginsAreAList() {
        Settings settings = Settings.of(Map.of("parley.origins", "https://one.example, https://two.example"), Map.of());

        assertThat(settings.origins().admit("https://two.example", "other.example", false))
                .isTrue();
        assertThat(settings.origins().admit("https://three.example", "other.example", false))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "parley.port, 65536, a whole number from 0 to 65535 (port; 0 takes any that is free)",
        "parley.port, tcp://10.0.0.1:8080, a whole number from 0 to 65535 (port; 0 takes any that is free)",
        "parley.heartbeat, 99, a whole number from 100 to 3600000 (milliseconds)",
        "parley.rate, 0, a whole number from 1 to 1000000 (messages a second)",
        "parley.guests, yes, true or false",
        "parley.outbox.store, rejected, 'a name of up to 100 characters, except rejected and trial'",
        "parley.path, chat, 'a path such as /chat or /live/rooms, of letters, digits, - and _'",
        "parley.path, /, 'a path such as /chat or /live/rooms, of letters, digits, - and _'",
        "parley.path, /chat/, 'a path such as /chat or /live/rooms, of letters, digits, - and _'",
        "parley.path, '/{room}', 'a path such as /chat or /live/rooms, of letters, digits, - and _'",
        "parley.path, /page.js, 'a path such as /chat or /live/rooms, of letters, digits, - and _'",
        "parley.signin, javascript:alert(1), 'the path of a page such as signed-in or /shop/login, or its address that begins with https:// or http://'"
    })
    void aWrongValueIsRefusedWithWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> Settings.of(Map.of(key, value), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("%s is '%s' (from the system property %s), but must be %s.", key, value, key, allowed);
    }

    @Test
    void anApplicationWithAnOutboxHasANameThatFitsIntoItsTable() {
        SettingPlaces places = SettingPlaces.of(Map.of("parley.outbox.datasource", "jdbc/shop"), Map.of());
        String longest = "s".repeat(248);

        assertThat(Settings.of(places, longest).outbox())
                .hasValueSatisfying(outbox -> assertThat(outbox.store())
                        .isEqualTo("parley/" + longest)
                        .hasSize(255));
        assertThatThrownBy(() -> Settings.of(places, longest + "s"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("With parley.outbox.datasource, the name of the application has at most 248")
                .hasMessageEndingWith("has 249: give it a shorter context path.");
    }

    @Test
    void whatIsNoPathIsRefused() {
        assertThatThrownBy(() -> Settings.of(Map.of("parley.data", "a\0b"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageEndingWith("but must be the path of a folder.");
    }

    @Test
    void aWrongVariableIsNamed() {
        assertThatThrownBy(() -> Settings.of(Map.of(), Map.of("PARLEY_ORIGINS", "example.com")))
                .hasMessage(
                        "parley.origins is 'example.com' (from the environment variable PARLEY_ORIGINS), but must be"
                                + " a list such as https://chat.example.com,https://example.com, or * for any origin.");
    }

    @Test
    void aMisspeltPropertyIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> Settings.of(Map.of("parley.prot", "1"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("There is no setting parley.prot (a system property); the nearest is parley.port.");
    }

    @Test
    void inAnotherApplicationAMisspeltPropertyDoesNotEndTheStart() {
        SettingPlaces places = SettingPlaces.of(Map.of("parley.prot", "1", "parley.port", "7"), Map.of())
                .between(null, null, false);

        assertThat(Settings.of(places, "shop").port()).isEqualTo(7);
    }

    @Test
    void thePlacesAreAskedInTheirOrder() {
        SettingPlaces places = SettingPlaces.of(
                        Map.of("parley.limit.text", "2000", "parley.rate", " "), Map.of("PARLEY_LIMIT_BINARY", "2001"))
                .between(
                        place("first", Map.of("parley.limit.text", "1000")),
                        place(
                                "last",
                                Map.of("parley.limit.text", "3000", "parley.limit.binary", "3001", "parley.rate", "3")),
                        false);

        Limits limits = Settings.of(places, "shop").limits();

        assertThat(limits.text()).isEqualTo(1000);
        assertThat(limits.binary()).isEqualTo(2001);
        assertThat(limits.rate()).isEqualTo(3);
    }

    @Test
    void aWrongValueIsRefusedWithItsPlace() {
        SettingPlaces places =
                SettingPlaces.of(Map.of(), Map.of()).between(null, place("last", Map.of("parley.path", "chat")), false);

        assertThatThrownBy(() -> Settings.path(places))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("parley.path is 'chat' (from the last parley.path), but must be");
        assertThatThrownBy(() -> Settings.of(places, "shop")).isInstanceOf(SettingsException.class);
    }

    @Test
    void theGreeterIsInOurOwnServerOnlyUnlessItIsSet() {
        SettingPlaces other = SettingPlaces.of(Map.of(), Map.of()).between(null, null, false);

        assertThat(Settings.of(other, "shop").greeter()).isFalse();
        assertThat(Settings.of(other.between(place("first", Map.of("parley.greeter", "true")), null, false), "shop")
                        .greeter())
                .isTrue();
    }

    private static SettingPlace place(String of, Map<String, String> properties) {
        return new Properties(of, properties);
    }

    @Test
    void variablesThatAPlatformSetsByItselfAreLeftAlone() {
        Settings settings = Settings.of(Map.of(), Map.of("PARLEY_SERVICE_HOST", "10.0.0.1"));

        assertThat(settings.host()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"parley.tls.keystore, parley.tls.password", "parley.tls.password, parley.tls.keystore"})
    void aKeystoreAndItsPasswordBelongTogether(String set, String missing) {
        assertThatThrownBy(() -> Settings.of(Map.of(set, "x"), Map.of()))
                .hasMessage("%s is set without %s, but they belong together.", set, missing);
    }

    @Test
    void eitherTheSettingOrAFileOfRulesSaysWhoMayBeInRooms() {
        assertThat(Settings.of(Map.of("parley.access.rules", "/etc/rules"), Map.of())
                        .accessRules())
                .contains(Path.of("/etc/rules"));
        assertThatThrownBy(() ->
                        Settings.of(Map.of("parley.access", "users", "parley.access.rules", "/etc/rules"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("parley.access and parley.access.rules are both set, but one of them decides.");
    }

    @Test
    void aRuleOfWhatIsKeptThatIsWrongIsNamedWithWhatWouldBeRight() {
        assertThat(Settings.of(Map.of("parley.keep", "*: 30 days"), Map.of()).keep())
                .isEqualTo(Retention.parse("*: 30 days"));
        assertThatThrownBy(() -> Settings.of(Map.of(), Map.of("PARLEY_KEEP", "lobby: forever; *: 30 dayz")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "parley.keep (from the environment variable PARLEY_KEEP) can't be used: the rule '*: 30 dayz':"
                                + " '30 dayz' is not forever, and no number of days, entries, KB, MB or GB, such as 30 days, 100000"
                                + " entries or 2 GB.");
    }

    @Test
    void rolesAndTheirClaimsAreLists() {
        Settings settings = Settings.of(
                Map.of("parley.roles", "staff, clerk,", "parley.jwt.secret", "s", "parley.jwt.roles", "a.b, c"),
                Map.of());

        assertThat(settings.roles()).containsExactlyInAnyOrder("staff", "clerk");
        assertThat(settings.tokens().orElseThrow().roles()).containsExactly("a.b", "c");
    }

    @Test
    void thePasswordDoesNotShow() {
        Settings settings =
                Settings.of(Map.of("parley.tls.keystore", "key.p12", "parley.tls.password", "hush"), Map.of());

        assertThat(settings.tls().orElseThrow().password()).isEqualTo("hush");
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everyDefaultIsAllowed(Setting setting) {
        boolean isTls = setting.key().startsWith("parley.tls.");
        Map<String, String> explicit = isTls ? Map.of() : Map.of(setting.key(), setting.fallback());

        assertThat(Settings.of(explicit, Map.of()))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*\\.source")
                .isEqualTo(Settings.of(Map.of(), Map.of()));
    }
}
