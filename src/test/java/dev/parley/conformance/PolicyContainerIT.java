package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people may do where a bean of the application decides. */
@ArquillianTest
@RunAsClient
@Timeout(120)
class PolicyContainerIT {
    private static final byte[] FILE = {1, 2, 3};

    private Person ann;
    private Person bob;

    @Deployment(testable = false)
    static WebArchive war() {
        return Container.warWithPolicy();
    }

    @BeforeEach
    void come() {
        ann = person();
        bob = person();
    }

    @AfterEach
    void go() {
        ann.close();
        bob.close();
    }

    @Test
    void whereOneMayNotBeNothingIsJoinedReadOrSaid() {
        String room = room("closed");

        assertThat(ann.isRefused("join", Map.of("room", room))).isEqualTo("forbidden");
        assertThat(ann.isRefused("history", Map.of("room", room))).isEqualTo("forbidden");
        assertThat(ann.isRefused("say", Map.of("room", room, "text", "let me in")))
                .isEqualTo("forbidden");
    }

    @Test
    void historyWithoutJoiningIsReadWhereItMayBe() {
        String room = room("open");
        bob.joins(room);
        bob.says(room, "for everybody");

        assertThat(Messages.texts(Messages.entries(ann.asksForHistory(room, Map.of()))))
                .containsExactly("for everybody");
    }

    @Test
    void whoMayOnlyReadHearsAndIsToldWhatItMayDo() {
        String room = room("read");

        JsonObject joined = ann.joins(room);
        assertThat(joined.getJsonArray("may")).isEmpty();
        assertThat(ann.isRefused("say", Map.of("room", room, "text", "may I?"))).isEqualTo("forbidden");
        ann.sends("typing", Map.of("room", room));
        ann.awaitsBeat();
        assertThat(ann.hasHeard()).noneMatch(message -> Messages.is(message, "error"));
        assertThat(ann.asksForHistory(room, Map.of()).getString("type")).isEqualTo("history");
        assertThat(ann.joins(room("open")).containsKey("may")).isFalse();
    }

    @Test
    void aPolicyThatIsSlowDelaysOnlyTheConnectionThatAsks() {
        String slow = room("later");
        String open = room("open");
        bob.joins(open);
        ann.joins(open);
        ann.sends("join", Map.of("room", slow));
        ann.sends("say", Map.of("room", open, "text", "behind the question"));
        ann.awaitsBeat();

        bob.says(open, "open " + slow);

        assertThat(ann.awaits("joined").getString("room")).isEqualTo(slow);
        bob.hears("behind the question");
        List<String> texts = Messages.texts(Messages.entries(bob.asksForHistory(open, Map.of())));
        assertThat(texts).containsExactly("open " + slow, "behind the question");
    }

    @Test
    void aPolicyThatThrowsIsNoAnswerAndNobodyComesIn() {
        String room = room("broken");

        assertThat(ann.isRefused("join", Map.of("room", room))).isEqualTo("unavailable");
        assertThat(ann.isRefused("history", Map.of("room", room))).isEqualTo("unavailable");
        assertThat(ann.joins(room("open")).getString("type")).isEqualTo("joined");
    }

    @Test
    void itHasWhatAContainerGivesToAnApplication() {
        assertThat(ann.joins(room("comp")).getString("type")).isEqualTo("joined");
    }

    @Test
    void whoMayNotReadAnyMoreIsPutOutAtARecheckAndHearsNothingElse() {
        String room = room("open");
        ann.joins(room);
        bob.joins(room);

        bob.says(room, "barNow " + room + " " + ann.name());

        JsonObject left = ann.awaits("left");
        assertThat(left.getString("room")).isEqualTo(room);
        assertThat(left.getString("reason")).contains(room);
        assertThat(left.containsKey("ref")).isFalse();
        bob.seesOnline(ann.name(), false);
        bob.says(room, "among us");
        assertThat(ann.isRefused("history", Map.of("room", room))).isEqualTo("forbidden");
        assertThat(ann.isRefused("join", Map.of("room", room))).isEqualTo("forbidden");
        ann.awaitsBeat();
        assertThat(ann.hasHeard()).noneMatch(message -> message.toString().contains("among us"));
    }

    /** Neither the room that it was in before nor the lobby gets what was meant for the room that it was put out of. */
    @Test
    void whatIsSaidWithoutARoomGoesToNoOtherOne() {
        String before = room("open");
        String room = room("open");
        bob.joins(room);
        ann.joins(before);
        ann.joins(room);
        bob.says(room, "barUser " + room + " " + ann.name());
        ann.awaits("left");

        assertThat(ann.isRefused("say", Map.of("text", "meant for one room"))).isEqualTo("forbidden");
        ann.line().send("a plain line for one room");
        assertThat(ann.awaits("error").getString("code")).isEqualTo("forbidden");
        assertThat(Messages.entries(ann.asksForHistory(before, Map.of()))).isEmpty();
    }

    @Test
    void whoMayNotSayAnythingAnyMoreStaysAndReads() {
        String room = room("open");
        ann.joins(room);
        bob.joins(room);
        bob.says(room, "muteNow " + room + " " + ann.name());
        JsonObject granted = ann.awaits("granted");
        assertThat(granted.getString("room")).isEqualTo(room);
        assertThat(granted.getJsonArray("may")).isEmpty();
        assertThat(ann.isRefused("say", Map.of("room", room, "text", "may I?"))).isEqualTo("forbidden");

        bob.says(room, "you hear me");
        ann.hears("you hear me");
        JsonObject file = ann.saysBytes(FILE, Map.of("room", room, "media", "application/x-any"));
        assertThat(file.getString("code")).isEqualTo("forbidden");
    }

    @Test
    void aGrantThatEndsIsAskedForAgainAndWhoIsBarredByThenStopsHearing() {
        String room = room("short");
        ann.joins(room);
        bob.joins(room);

        // Nobody tells Parley of it.
        bob.says(room, "bar " + room + " " + ann.name());

        assertThat(ann.awaits("left").getString("room")).isEqualTo(room);
        bob.says(room, "I am still here");
    }

    private static String room(String kind) {
        return kind + "-" + UUID.randomUUID();
    }

    private static Person person() {
        return Person.at(
                Container.chat(),
                Map.of("name", "p-" + UUID.randomUUID().toString().substring(0, 8)));
    }
}
