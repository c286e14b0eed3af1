package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Caller;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
    private static final Caller GUEST = new Caller(Caller.Kind.GUEST, "s1", new UserName("ann"));
    private static final Caller ANN = new Caller(Caller.Kind.USER, "ann@example.com", new UserName("ann"));
    private static final Caller BOB =
            new Caller(Caller.Kind.USER, "bob", new UserName("bob")).with(Set.of("staff"), null);

    private final AccessRules rules = rules(
            "# who may do what",
            "",
            "lobby      guests                 read say   # no files of strangers",
            "lobby      users                  all",
            "news       everybody              read",
            "news       role:staff             say read",
            "staff-*    role:staff             all",
            "ann-notes  user:ann@example.com   all",
            "*-old      everybody              none",
            "\t*  users  read");

    @Test
    void aRuleIsAboutThoseThatItNames() {
        assertThat(may(GUEST, "lobby")).containsExactlyInAnyOrder(Permission.READ, Permission.SAY);
        assertThat(may(ANN, "lobby")).containsExactlyInAnyOrder(Permission.READ, Permission.SAY, Permission.ATTACH);
        assertThat(may(BOB, "staff-room")).contains(Permission.SAY);
        assertThat(may(ANN, "ann-notes")).contains(Permission.SAY);
    }

    /** Otherwise the last line would open the rooms of the staff, and Ann's notes, to all users. */
    @Test
    void theFirstPatternThatMatchesDecidesAloneAlsoAboutThoseThatItDoesNotName() {
        assertThat(may(ANN, "staff-room")).isEmpty();
        assertThat(may(BOB, "ann-notes")).isEmpty();
        assertThat(may(BOB, "garden-old")).isEmpty();
        assertThat(may(BOB, "garden")).containsExactly(Permission.READ);
        assertThat(may(GUEST, "garden")).isEmpty();
    }

    @Test
    void rulesWithTheSamePatternAddUp() {
        assertThat(may(GUEST, "news")).containsExactly(Permission.READ);
        assertThat(may(ANN, "news")).containsExactly(Permission.READ);
        assertThat(may(BOB, "news")).containsExactlyInAnyOrder(Permission.READ, Permission.SAY);
    }

    /** The largest of those that name the caller. Direct rooms have that of all rooms. */
    @Test
    void rulesGiveManyTimesTheQuotas() {
        AccessRules more = rules(
                "upload-*   everybody   all quota:2",
                "upload-*   role:staff  quota:20",
                "*          everybody   all",
                "*          users       quota:3");
        assertThat(more.grant(GUEST, new RoomName("upload-1")).quota()).isEqualTo(2);
        assertThat(more.grant(BOB, new RoomName("upload-1")).quota()).isEqualTo(20);
        assertThat(more.grant(BOB, new RoomName("upload-1")).permissions()).contains(Permission.ATTACH);
        assertThat(more.grant(ANN, new RoomName("garden")).quota()).isEqualTo(3);
        assertThat(more.quotaInDirectRooms(ANN)).isEqualTo(3);
        assertThat(more.quotaInDirectRooms(GUEST)).isEqualTo(1);
        assertThat(rules.quotaInDirectRooms(BOB)).isEqualTo(1);
    }

    /** A guest chooses its name, and its id belongs to its session. */
    @Test
    void aGuestIsNoUserWhateverItIsCalled() {
        Caller guest = new Caller(Caller.Kind.GUEST, "ann@example.com", new UserName("ann"));

        assertThat(may(guest, "ann-notes")).isEmpty();
        assertThat(may(guest, "garden")).isEmpty();
    }

    @Test
    void whereNoPatternMatchesNobodyMayDoAnything() {
        assertThat(rules("lobby everybody all")
                        .grant(BOB, new RoomName("garden"))
                        .permissions())
                .isEmpty();
    }

    @Test
    void aNameWithSpacesStandsBetweenQuotationMarks() {
        AccessRules quoted = rules("lobby \"role:Domain Users #1\" read", "hall user:\"CN=Ann, O=Example\" read");

        assertThat(quoted.grant(BOB.with(Set.of("Domain Users #1"), null), new RoomName("lobby"))
                        .permissions())
                .containsExactly(Permission.READ);
        assertThat(quoted.grant(
                                new Caller(Caller.Kind.USER, "CN=Ann, O=Example", new UserName("ann")),
                                new RoomName("hall"))
                        .permissions())
                .containsExactly(Permission.READ);
    }

    @Test
    void theRolesAreThoseThatRulesAreAbout() {
        assertThat(rules.roles()).containsExactly("staff");
        assertThat(rules.count()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "lobby guest read; 'guest' is nobody: there are everybody, guests, users, role:NAME and user:ID",
                "lobby role: read; 'role:' is nobody",
                "lobby guests reed; 'reed' is no permission: there are read, say, attach, signal, moderate, all, none and quota:N",
                "lobby guests read,say; 'read,say' is no permission",
                "lobby guests say; without 'read' the other permissions mean nothing",
                "lobby guests; such as: lobby users read say",
                "lobby; such as: lobby users read say",
                "@ann users read; a pattern for rooms must have",
                "lobby user:\"ann read; a quotation mark is missing"
            })
    void aBrokenRuleIsRefusedWithItsLineAndASentence(String rule, String sentence) {
        assertThatThrownBy(() -> rules("# first", "hall users read", rule))
                .isInstanceOf(ParleyException.class)
                .hasMessageStartingWith("line 3: ")
                .hasMessageContaining(sentence);
    }

    /** The rules below a general one would have no effect. */
    @Test
    void aRuleThatNoRoomComesToIsRefused() {
        assertThatThrownBy(() -> rules("* users read", "staff-* role:staff all"))
                .hasMessageContaining(
                        "line 2: no room comes to this rule, because the pattern * of line 1 matches all");
    }

    @Test
    void aFileWithoutRulesIsRefused() {
        assertThatThrownBy(() -> rules("# lobby guests read")).hasMessageContaining("there is no rule");
        assertThatThrownBy(() -> rules("")).hasMessageContaining("there is no rule");
    }

    @Test
    void theNumberOfRulesIsBounded() {
        String[] many = new String[AccessRules.MOST + 1];
        Arrays.fill(many, "lobby guests read");

        assertThatThrownBy(() -> rules(many)).hasMessageContaining("more than 1000 rules");
        assertThat(rules(Arrays.copyOf(many, AccessRules.MOST)).count()).isEqualTo(AccessRules.MOST);
    }

    private static AccessRules rules(String... lines) {
        return AccessRules.parse(String.join("\r\n", lines));
    }

    private Set<Permission> may(Caller caller, String room) {
        return rules.grant(caller, new RoomName(room)).permissions();
    }
}
