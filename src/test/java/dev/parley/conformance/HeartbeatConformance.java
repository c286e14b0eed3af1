package dev.parley.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signs of life, and what becomes of those who give none. */
interface HeartbeatConformance extends Place {
    @Test
    default void aPingIsAnsweredWithItsPayload() {
        RawClient client = client();
        client.send(ping("are you there?"));
        assertThat(client.await(Frame.PONG).text()).isEqualTo("are you there?");
    }

    @Test
    default void aPingBetweenTheFragmentsOfAMessageIsAnsweredAndTheMessageGoesOn() {
        Person ann = person("ann");
        byte[] beat = "{\"type\":\"beat\"}".getBytes(US_ASCII);
        ann.line().send(new Frame(false, Frame.TEXT, Arrays.copyOf(beat, 4)));
        ann.line().send(ping("between"));
        ann.line().send(new Frame(true, Frame.CONTINUATION, Arrays.copyOfRange(beat, 4, beat.length)));
        assertThat(ann.line().await(Frame.PONG).text()).isEqualTo("between");
        ann.awaits("beat");
    }

    /** The last one shows what has become of all: pongs come in the order of the pings, and some may be left out. */
    @Test
    default void aThousandPingsAtOnceAreTakenAndTenThousandAreAbuseWhereTheServerLetsParleyCount() {
        RawClient client = client();
        client.raw(pings(1, 1_000));
        awaitPong(client, 1_000);
        client.raw(pings(1_001, 11_000));
        if (KnownDifferences.letsPingsBeCounted(server())) {
            assertThat(client.awaitClose()).isEqualTo(4400);
        } else {
            awaitPong(client, 11_000);
        }
    }

    private static void awaitPong(RawClient client, int number) {
        for (int last = 0; last < number; ) {
            int answered = Integer.parseInt(client.await(Frame.PONG).text());
            assertThat(answered).isGreaterThan(last).isLessThanOrEqualTo(number);
            last = answered;
        }
    }

    private static byte[] pings(int first, int last) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = first; i <= last; i++) {
            all.writeBytes(ping(Integer.toString(i)).masked());
        }
        return all.toByteArray();
    }

    @Test
    default void theServerPingsBySelf() {
        assertThat(client().await(Frame.PING).fin()).isTrue();
    }

    @Test
    default void aBeatIsAnsweredWithABeat() {
        Person ann = person("ann");
        ann.sends("beat", Map.of());
        assertThat(ann.awaits("beat").keySet()).containsExactly("type");
    }

    @Test
    default void aClientThatHearsNothingGetsABeatOfTheServers() {
        assertThat(person("ann").awaits("beat").keySet()).containsExactly("type");
    }

    @Test
    default void aPeerThatGivesNoSignOfLifeIsClosedAndGoneForTheOthers() {
        String room = room();
        Person bob = person("bob", room);
        Person silent = person("silent", room);
        bob.seesOnline(silent.name(), true);
        silent.line().answerPings(false);
        assertThat(silent.isClosed()).isEqualTo(4001);
        bob.seesOnline(silent.name(), false);
    }

    @Test
    default void aPeerThatAnswersPingsAndSaysNothingStays() {
        String room = room();
        Person quiet = person("quiet", room);
        for (int heartbeats = 0; heartbeats < 5; heartbeats++) {
            quiet.line().await(Frame.PING);
        }
        assertThat(quiet.says("still here").getString("type")).isEqualTo("said");
    }

    private static Frame ping(String payload) {
        return new Frame(true, Frame.PING, payload.getBytes(US_ASCII));
    }
}
