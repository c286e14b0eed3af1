package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.User;
import dev.parley.message.UserName;
import dev.parley.room.NameRegister.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NameRegisterTest {
    private static final String ANNS = "guest:ann";
    private static final String BOBS = "guest:bob";
    private static final String USER = "user:ann@example.com";
    private static final String HOME = "192.0.2.1";

    private long now = Long.MAX_VALUE - 1;
    private final List<User> named = new ArrayList<>();
    private final List<User> kept = new ArrayList<>();
    private final NameRegister roster = new NameRegister(kept::add, () -> now);

    @Test
    void whoLooksLikeSomeoneWhoIsOnlineGetsANumber() {
        claims("ann", ANNS);
        assertThat(claims("ann", "guest:1")).isEqualTo("ann-2");
        assertThat(claims("Ann", "guest:2")).isEqualTo("Ann-3");
        assertThat(claims("ANN", "guest:3")).isEqualTo("ANN-4");
        // In Cyrillic, Latin and Armenian letters.
        assertThat(claims("\u0430\u057c\u057c", "guest:4")).isEqualTo("\u0430\u057c\u057c-5");
        assertThat(claims("anna", "guest:5")).isEqualTo("anna");
    }

    @Test
    void aNameIsFreeWhenEachClaimIsReleased() {
        Claim ann = claim("Ian", ANNS);
        Claim again = claim("Ian", ANNS);
        roster.release(ann);
        assertThat(claims("lan", BOBS)).isEqualTo("lan-2");
        assertThat(claims("ian", BOBS)).isEqualTo("ian-2");
        roster.release(again);
        assertThat(claims("lan", BOBS)).isEqualTo("lan");
        assertThat(claims("ian", BOBS)).isEqualTo("ian");
    }

    @Test
    void aNameIsHeldForWhoLostItAndForNobodyElse() {
        Claim ann = claim("ann", ANNS);
        roster.hold(ann, HOME);
        now += HeldNames.NANOS - 1;
        assertThat(claims("Ann", BOBS)).isEqualTo("Ann-2");
        Claim again = claim("ann", ANNS);
        assertThat(names(ANNS)).containsExactly("ann", "ann");
        // It is taken now, and not held.
        now += HeldNames.NANOS;
        assertThat(claims("ann", "guest:cid")).isEqualTo("ann-3");
        roster.release(again);
        assertThat(claims("ann", "guest:dan")).isEqualTo("ann");
    }

    @Test
    void aNameIsHeldForTwoMinutes() {
        roster.hold(claim("ann", ANNS), HOME);
        now += TimeUnit.MINUTES.toNanos(2);
        assertThat(claims("ann", BOBS)).isEqualTo("ann");
        assertThat(claims("ann", ANNS)).isEqualTo("ann-2");
    }

    @Test
    void aNameIsNotHeldWhileItsUserHasAnotherConnection() {
        Claim ann = claim("ann", ANNS);
        claim("ann", ANNS);
        roster.hold(ann, HOME);
        now += HeldNames.NANOS;
        assertThat(claims("ann", BOBS)).isEqualTo("ann-2");
    }

    /** The oldest of a network goes first, and then the oldest of all. */
    @Test
    void fewNamesAreHeldForOneNetworkAndNotTooManyInAll() {
        HeldNames held = new HeldNames();
        held.add("first", ANNS, HOME, now);
        for (int i = 0; i < HeldNames.MOST_OF_NETWORK; i++) {
            held.add("strange-" + i, BOBS, "198.51.100.1", now);
        }
        held.add("strange", BOBS, "198.51.100.1", now);
        assertThat(held.size()).isEqualTo(HeldNames.MOST_OF_NETWORK + 1);
        assertThat(held.isHeldFrom(BOBS, "first", now)).isTrue();
        assertThat(held.isHeldFrom(ANNS, "strange-0", now)).isFalse();
        assertThat(held.isHeldFrom(ANNS, "strange-1", now)).isTrue();

        for (int i = 0; i < HeldNames.MOST; i++) {
            held.add("other-" + i, BOBS, "", now);
        }
        assertThat(held.size()).isEqualTo(HeldNames.MOST);
        assertThat(held.isHeldFrom(BOBS, "first", now)).isFalse();

        now += HeldNames.NANOS;
        held.add("later", BOBS, HOME, now);
        assertThat(held.size()).isEqualTo(1);
    }

    @Test
    void aGuestNeverGetsTheNameThatAUserHasOrEverHad() {
        Claim ann = claim("Ann", USER);
        assertThat(claims("ann", ANNS)).isEqualTo("ann-2");
        roster.release(ann);
        assertThat(claims("ANN", BOBS)).isEqualTo("ANN-3");
        assertThat(kept).extracting(User::name).containsExactly(new UserName("Ann"));
        assertThat(claims("ann", USER)).isEqualTo("ann");
        assertThat(kept).hasSize(1);
    }

    @Test
    void aNameThatWasReservedBeforeIsNoGuests() {
        assertThat(roster.reserve(new UserName("herald"))).isTrue();
        assertThat(claims("Herald", ANNS)).isEqualTo("Herald-2");
        assertThat(claims("herald", "bean:herald")).isEqualTo("herald");
        assertThat(kept).isEmpty();
    }

    @Test
    void aGuestGivesItsNameToAUserAndGetsAnother() {
        claim("ann", ANNS);
        claim("ann", ANNS);
        assertThat(claims("ann", USER)).isEqualTo("ann");
        assertThat(names(ANNS)).containsExactly("ann", "ann", "ann-2", "ann-2");
        assertThat(claims("ann", ANNS)).isEqualTo("ann-2");
        assertThat(claims("ann-2", "user:another")).isEqualTo("ann-2");
        assertThat(names(ANNS)).endsWith("ann-3", "ann-3", "ann-3");
        assertThat(kept).extracting(user -> user.name().value()).containsExactly("ann", "ann-2");
    }

    /** The name of the user looks like that of one guest, and differs in case from that of the other. */
    @Test
    void allGuestsWhoseNamesAreTooSimilarGetOthers() {
        claim("lan", ANNS);
        claim("ian", BOBS);
        assertThat(claims("Ian", USER)).isEqualTo("Ian");
        assertThat(names(ANNS)).containsExactly("lan", "lan-2");
        assertThat(names(BOBS)).containsExactly("ian", "ian-2");
    }

    @Test
    void aGuestThatWasRenamedReleasesItsNewName() {
        Claim ann = claim("ann", ANNS);
        claim("ann", USER);
        roster.release(ann);
        assertThat(claims("ann", BOBS)).isEqualTo("ann-2");
    }

    @Test
    void aNameThatIsHeldForAGuestIsFreeForAUserAndNotTheOtherWayRound() {
        roster.hold(claim("ann", ANNS), HOME);
        Claim ann = claim("ann", USER);
        assertThat(names(USER)).containsExactly("ann");
        roster.hold(ann, HOME);
        assertThat(claims("ann", "user:another")).isEqualTo("ann-2");
    }

    @Test
    void twoUsersOfOneNameHaveNumbersAndNoneIsRenamed() {
        assertThat(claims("ann", USER)).isEqualTo("ann");
        assertThat(claims("ann", "user:another")).isEqualTo("ann-2");
        assertThat(claims("ann", "bean:ann")).isEqualTo("ann-3");
        assertThat(names(USER)).containsExactly("ann");
    }

    /** Otherwise each visit of a large crowd would reserve another name. */
    @Test
    void aNameWithARandomNumberIsNotReserved() {
        for (int i = 0; i < 150; i++) {
            claim("ann", "user:" + i);
        }
        assertThat(kept).hasSize(100);
    }

    @Test
    void manyNamesAreReserved() {
        ReservedNames reserved = new ReservedNames();
        for (int i = 0; i < 100_000; i++) {
            reserved.add(new UserName("u" + i));
        }
        assertThat(reserved.add(new UserName("u77777"))).isFalse();
        assertThat(reserved.add(new UserName("u100000"))).isTrue();
        for (int i = 0; i <= 100_000; i++) {
            assertThat(isIn(reserved, "u" + i)).isTrue();
        }
        assertThat(isIn(reserved, "u100001")).isFalse();
    }

    private static boolean isIn(ReservedNames reserved, String name) {
        return Skeleton.of(new UserName(name)).stream().allMatch(reserved::contains);
    }

    private String claims(String name, String key) {
        claim(name, key);
        List<String> names = names(key);
        return names.get(names.size() - 1);
    }

    private Claim claim(String name, String key) {
        return roster.claim(new UserName(name), key, named::add);
    }

    /** The names that a user was given, one after the other. */
    private List<String> names(String key) {
        return named.stream()
                .filter(user -> user.key().equals(key))
                .map(user -> user.name().value())
                .toList();
    }
}
