package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is no message, or too much of it, harms only the one who sends it. */
interface HostileConformance extends Place {
    @Test
    default void textThatIsNoMessageIsRefusedAndTheConnectionGoesOn() {
        Person ann = person("ann", room());
        for (String nonsense : List.of(
                "{\"type\":",
                "{}",
                "{\"type\":7}",
                "{\"type\":null}",
                "{\"type\":\"say\",\"text\":\"x\"} and more",
                "[",
                "[7]",
                "[[{\"type\":\"beat\"}]]",
                "{\"type\":\"say\",\"text\":\"\\ud800\"}",
                "{\"type\":\"say\",\"text\":\"\\u0000\"}",
                "{\"type\":\"join\",\"room\":\"x\",\"since\":1e999}",
                "{\"type\":\"join\",\"room\":\"x\",\"since\":-1}")) {
            ann.line().send(nonsense);
            JsonObject error = ann.awaits("error");
            assertThat(error.getString("code")).as(nonsense).isEqualTo("badRequest");
            assertThat(error.getString("message")).as(nonsense).isNotBlank().doesNotContain("Exception");
            ann.awaitsBeat();
        }
        assertThat(Messages.seq(ann.says("still here"))).isEqualTo(1);
    }

    @Test
    default void anErrorBearsTheReferenceWhereOneCouldBeRead() {
        Person ann = person("ann");
        ann.line().send("{\"ref\":\"r-1\",\"type\":\"join\",\"room\":{}}");
        assertThat(ann.awaits("error").getString("ref")).isEqualTo("r-1");
    }

    @Test
    default void deepNestingIsRefusedAndTheConnectionGoesOn() {
        Person ann = person("ann", room());
        for (String nest :
                List.of("[".repeat(60_000), "{\"a\":".repeat(12_000), "[".repeat(30_000) + "]".repeat(30_000))) {
            ann.line().send(nest);
            assertThat(ann.awaits("error").getString("code")).isEqualTo("badRequest");
            ann.awaitsBeat();
        }
        assertThat(Messages.seq(ann.says("still here"))).isEqualTo(1);
    }

    @Test
    default void aTextUpToTheLimitIsTaken() {
        String room = room();
        Person ann = person("ann", room);
        String text = "ż".repeat((64 * 1024 - 200) / 2);
        ann.says(text);
        assertThat(ann.hears(1, room).get(0).getString("text")).isEqualTo(text);
    }

    @Test
    default void whoTalksFasterThanIsAllowedIsToldSoAndTheOthersAreNotHeldUp() {
        String room = room();
        Person ann = person("ann", room());
        Person bob = person("bob", room);
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        byte[] line = Frame.text("{\"type\":\"beat\"}").masked();
        for (int i = 0; i < 500; i++) {
            flood.writeBytes(line);
        }
        boolean refused = false;
        for (int i = 0; i < 100 && !refused; i++) {
            ann.line().raw(flood.toByteArray());
            refused = ann.hasHeard().stream()
                    .anyMatch(message -> Messages.is(message, "error") && "tooFast".equals(message.getString("code")));
        }
        if (!refused) {
            assertThat(ann.awaits("error").getString("code")).isEqualTo("tooFast");
        }
        assertThat(Messages.seq(bob.says("not held up"))).isEqualTo(1);
    }
}
