package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.User;
import dev.parley.message.UserName;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NameRegisterTest {
    private static final String ANNS = "guest:ann";
    private static final String BOBS = "guest:bob";
    private static final String HOME = "192.0.2.1";

    private long now = Long.MAX_VALUE - 1;
    private final NameRegister roster = new NameRegister(() -> now);

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
        User ann = roster.claim(new UserName("Ian"), ANNS);
        roster.claim(new UserName("Ian"), ANNS);
        roster.release(ann);
        assertThat(claims("lan", BOBS)).isEqualTo("lan-2");
        assertThat(claims("ian", BOBS)).isEqualTo("ian-2");
        roster.release(ann);
        assertThat(claims("lan", BOBS)).isEqualTo("lan");
        assertThat(claims("ian", BOBS)).isEqualTo("ian");
    }

    @Test
    void aNameIsHeldForWhoLostItAndForNobodyElse() {
        User ann = roster.claim(new UserName("ann"), ANNS);
        roster.hold(ann, HOME);
        now += HeldNames.NANOS - 1;
        assertThat(claims("Ann", BOBS)).isEqualTo("Ann-2");
        assertThat(claims("ann", ANNS)).isEqualTo("ann");
        // It is taken now, and not held.
        now += HeldNames.NANOS;
        assertThat(claims("ann", "guest:cid")).isEqualTo("ann-3");
        roster.release(ann);
        assertThat(claims("ann", "guest:dan")).isEqualTo("ann");
    }

    @Test
    void aNameIsHeldForTwoMinutes() {
        roster.hold(roster.claim(new UserName("ann"), ANNS), HOME);
        now += TimeUnit.MINUTES.toNanos(2);
        assertThat(claims("ann", BOBS)).isEqualTo("ann");
        assertThat(claims("ann", ANNS)).isEqualTo("ann-2");
    }

    @Test
    void aNameIsNotHeldWhileItsUserHasAnotherConnection() {
        User ann = roster.claim(new UserName("ann"), ANNS);
        roster.claim(new UserName("ann"), ANNS);
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

    private String claims(String name, String key) {
        return roster.claim(new UserName(name), key).name().value();
    }
}
