package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Person;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Moderation in a container, by clients and by a bean of the application. */
@ArquillianTest
@RunAsClient
class ModerationContainerIT extends Guests implements ModerationConformance {
    @Deployment(name = "settings", order = 1, testable = false)
    static WebArchive settings() {
        return Container.settings("settings", Map.of("parley.jwt.secret", SECRET));
    }

    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.war().addClass(Marshal.class);
    }

    @Override
    public URI chat() {
        return Container.chat();
    }

    @Override
    public String server() {
        return Container.name();
    }

    private static void asks(Person person, String room, String what) {
        person.says(room, "marshal, " + what);
        person.hears("done");
    }

    @Test
    void aBeanModeratesARoom() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        asks(ann, room, "mute " + bob.name());
        assertThat(bob.awaits("granted").getJsonArray("may")).isEmpty();
        asks(ann, room, "unmute " + bob.name());
        bob.awaits("granted");
        asks(ann, room, "remove " + bob.name());
        assertThat(bob.awaits("left").getString("reason")).endsWith("as was asked");
        bob.joins(room);
        asks(ann, room, "ban " + bob.name());
        assertThat(bob.awaits("left").getString("reason")).contains("banned");
        assertThat(bob.isRefused("join", Map.of("room", room))).isEqualTo("forbidden");
        asks(ann, room, "unban " + bob.name());
        bob.joins(room);
        ann.says(room, "marshal, audit");
        String name = bob.name();
        ann.hears(
                "audit: marshal MUTE %1$s, marshal UNMUTE %1$s, marshal REMOVE %1$s, marshal BAN %1$s, marshal UNBAN %1$s"
                        .formatted(name));
        asks(ann, room, "slow 600");
        assertThat(ann.awaits("granted").getInt("slow")).isEqualTo(600);
    }

    @Test
    void aBeanSaysHowLongARoomKeepsItsEntriesAndMembersDoNot() {
        String room = room();
        Person moderator = moderator();
        moderator.joins(room);
        moderator.says("one");
        moderator.says("two");
        assertThat(ModerationConformance.isRefused(moderator, room, "keep", Map.of()))
                .isEqualTo("badRequest");
        assertThat(moderator.asksForHistory(room, Map.of()).getInt("oldest", 1)).isEqualTo(1);
        asks(moderator, room, "keep 2");
        // The order and the answer to it are the newest two.
        await().until(() -> moderator.asksForHistory(room, Map.of()).getInt("oldest", 1) == 3);
    }

    @Test
    void nobodyModeratesTheApplication() {
        String room = room();
        Person moderator = moderator();
        moderator.joins(room);
        asks(moderator, room, "slow 0");
        assertThat(ModerationConformance.isRefused(moderator, room, "ban", Map.of("seq", 2)))
                .isEqualTo("forbidden");
    }

    @Test
    void aBeanBansAUserFromTheWholeServer() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        asks(ann, room, "banish " + bob.name());
        assertThat(bob.isClosed()).isEqualTo(4403);
        Person back = Person.on(client());
        back.sends("hello", Map.of("session", bob.session()));
        assertThat(back.awaits("bye").getString("reason")).startsWith("you are banned from this server until ");
        assertThat(back.isClosed()).isEqualTo(4403);
        asks(ann, room, "pardon " + bob.name());
        again(bob).joins(room);
    }
}
