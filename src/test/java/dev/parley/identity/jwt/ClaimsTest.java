package dev.parley.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.TokenRooms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
    private static final List<String> NAMES = List.of("roles", "groups");

    @Test
    void theRolesAreThoseOfAllClaimsThatAreNamed() throws ParseException {
        assertThat(roles("{'roles':['a','b'],'groups':['b','c'],'other':['d']}", NAMES))
                .containsExactlyInAnyOrder("a", "b", "c");
        assertThat(roles("{'roles':'admin'}", NAMES)).containsExactly("admin");
        assertThat(roles("{}", NAMES)).isEmpty();
        assertThat(roles("{'roles':[]}", NAMES)).isEmpty();
    }

    /** As Keycloak has it; and others have claims with dots in their names. */
    @Test
    void aClaimMayBeInsideAnother() throws ParseException {
        List<String> inside = List.of("realm_access.roles", "resource_access.chat.roles");

        assertThat(roles("{'realm_access':{'roles':['a']},'resource_access':{'chat':{'roles':['b']}}}", inside))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(roles("{'realm_access':'a','resource_access':{'chat':[]}}", inside))
                .isEmpty();
        assertThat(roles("{'https://example.com/roles':['a']}", List.of("https://example.com/roles")))
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'roles':{}}", "{'roles':[1]}", "{'roles':1}", "{'roles':['']}", "{'roles':['a',['b']]}"})
    void valuesOfAnotherFormAreNoRoles(String claims) throws ParseException {
        assertThat(roles(claims, NAMES)).isSubsetOf("a");
    }

    @Test
    void theRolesAreBounded() throws ParseException {
        String many = IntStream.rangeClosed(0, Claims.MOST_ROLES)
                .mapToObj(i -> "'r" + i + "'")
                .collect(Collectors.joining(","));

        refused(() -> roles("{'roles':[" + many + "]}", NAMES), "more than 1000 roles");
        assertThat(roles("{'roles':['" + "r".repeat(257) + "','a']}", NAMES)).containsExactly("a");
    }

    @Test
    void theRoomsAreThoseOfTheClaim() throws ParseException {
        TokenRooms rooms = rooms("{'support-*':['read','say'],'lobby':['read'],'hall':['all'],'closed':[]}");

        assertThat(rooms.grant(new RoomName("support-7")).permissions())
                .containsExactlyInAnyOrder(Permission.READ, Permission.SAY);
        assertThat(rooms.grant(RoomName.LOBBY).permissions()).containsExactly(Permission.READ);
        assertThat(rooms.grant(new RoomName("hall")).permissions()).contains(Permission.ATTACH);
        assertThat(rooms.grant(new RoomName("closed")).permissions()).isEmpty();
        assertThat(rooms.grant(new RoomName("other")).permissions()).isEmpty();
    }

    @Test
    void theClaimInTheDocumentOfTheProtocolIsTaken() throws IOException, ParseException {
        List<String> examples = Files.readAllLines(Path.of("src/site/markdown/protocol.md")).stream()
                .filter(line -> line.startsWith("{") && line.contains(Claims.ROOMS))
                .toList();

        assertThat(examples).hasSize(1);
        TokenRooms rooms = Claims.rooms(JWTClaimsSet.parse(examples.get(0)));
        assertThat(rooms.grant(new RoomName("support-7")).permissions())
                .containsExactlyInAnyOrder(Permission.READ, Permission.SAY);
    }

    @Test
    void aTokenWithoutTheClaimSaysNothingAboutRooms() throws ParseException {
        assertThat(Claims.rooms(JWTClaimsSet.parse("{}"))).isNull();
        assertThat(rooms("{}").grant(RoomName.LOBBY).permissions()).isEmpty();
    }

    /** A claim that can't be understood must not count for one that is not there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "'lobby'",
                "{'lobby':'read'}",
                "{'lobby':null}",
                "{'lobby':[1]}",
                "{'lobby':[null]}",
                "{'lobby':['reed']}",
                "{'lobby':['say']}",
                "{'a b':['read']}",
                "{'':['read']}"
            })
    void aClaimOfAnotherFormIsRefused(String claim) {
        refused(() -> rooms(claim), "parley_rooms");
    }

    @Test
    void theRoomsAreBounded() {
        String many = IntStream.rangeClosed(0, TokenRooms.MOST)
                .mapToObj(i -> "'r" + i + "':['read']")
                .collect(Collectors.joining(","));

        refused(() -> rooms("{" + many + "}"), "more than 100 patterns");
        refused(() -> rooms("{'" + "r".repeat(65) + "':['read']}"), "1 to 64 characters");
    }

    private static Set<String> roles(String claims, List<String> names) throws ParseException {
        return Claims.roles(JWTClaimsSet.parse(claims.replace('\'', '"')), names);
    }

    private static TokenRooms rooms(String claim) throws ParseException {
        return Claims.rooms(JWTClaimsSet.parse(("{'parley_rooms':" + claim + "}").replace('\'', '"')));
    }

    /** The sentence may become the reason of a close frame, which has 123 bytes. */
    private static void refused(ThrowingCallable reading, String sentence) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ParleyException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHORIZED))
                .hasMessageContaining(sentence)
                .satisfies(failure ->
                        assertThat(failure.getMessage()).matches("[ -~]+").hasSizeLessThanOrEqualTo(123));
    }
}
