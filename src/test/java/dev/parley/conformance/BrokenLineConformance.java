package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Lines that break, and lines at whose other end nobody reads: the others notice, and nothing else happens to them. */
interface BrokenLineConformance extends Place {
    /** More than kernels and the queue of a connection hold together. */
    int TEXTS = 400;

    @Test
    default void whoseLineIsResetIsGoneForTheOthers() {
        String room = room();
        Person bob = person("bob", room);
        Person ann = person("ann", room);
        bob.seesOnline(ann.name(), true);
        ann.line().reset();
        bob.seesOnline(ann.name(), false);
    }

    @Test
    default void whoHangsUpWithoutAWordIsGoneForTheOthers() {
        String room = room();
        Person bob = person("bob", room);
        Person ann = person("ann", room);
        bob.seesOnline(ann.name(), true);
        ann.close();
        bob.seesOnline(ann.name(), false);
    }

    @Test
    default void aHangUpInTheMiddleOfAMessageLeavesNothingBehind() {
        String room = room();
        Person bob = person("bob", room);
        Person ann = person("ann", room);
        bob.seesOnline(ann.name(), true);
        ann.line()
                .send(new Frame(
                        false, Frame.TEXT, "{\"type\":\"say\",\"text\":\"half a".getBytes(StandardCharsets.US_ASCII)));
        ann.line().reset();
        bob.seesOnline(ann.name(), false);
        bob.says("the first");
        assertThat(Messages.seq(bob.hears("the first"))).isEqualTo(1);
    }

    @Test
    default void whoNeverReadsIsLetGoAndTheOthersHearEverything() {
        String room = room();
        String slow = unique("slow");
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        RawClient line = attended(RawClient.openUnread(chat()));
        line.send("[{'type':'hello','name':'%s'},{'type':'join','room':'%s'}]"
                .replace('\'', '"')
                .formatted(slow, room));
        bob.seesOnline(slow, true);
        String text = "x".repeat(60_000);
        for (int i = 1; i <= TEXTS; i++) {
            ann.says(text);
            assertThat(Messages.seqs(ann.hears(1, room))).containsExactly((long) i);
            assertThat(Messages.seqs(bob.hears(1, room))).containsExactly((long) i);
        }
        bob.seesOnline(slow, false);
    }
}
