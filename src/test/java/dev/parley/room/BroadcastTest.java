package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BroadcastTest {
    private static final RoomName ROOM = new RoomName("garden");

    private final List<String> made = new ArrayList<>();
    private final Function<List<? extends ServerMessage>, Object> each = messages -> note("each");
    private final Function<List<? extends ServerMessage>, Object> runs = messages -> note("runs");

    @Test
    void anEncodingIsMadeOnceAndOnlyIfItIsAskedFor() {
        Broadcast broadcast = Broadcast.of(List.of(entry(1), entry(2))).get(0);
        Object first = broadcast.encoded(each);

        assertThat(broadcast.encoded(each)).isSameAs(first);
        assertThat(made).containsExactly("each");
        Object other = broadcast.encoded(runs);
        assertThat(other).isNotSameAs(first).isSameAs(broadcast.encoded(runs));
        assertThat(broadcast.encoded(each)).isSameAs(first);
        assertThat(made).containsExactly("each", "runs");
    }

    @Test
    void onlyEntriesAreARunAndOnlyTogether() {
        assertThat(Broadcast.of(List.of(entry(1), entry(2)))).allMatch(Broadcast::hasRun);
        assertThat(Broadcast.of(List.of(entry(1)))).noneMatch(Broadcast::hasRun);
        ServerMessage beat = new ServerMessage.Beat();
        assertThat(Broadcast.ofMessages(List.of(beat, beat), 2)).noneMatch(Broadcast::hasRun);
    }

    private Object note(String encoding) {
        made.add(encoding);
        return new Object();
    }

    private static Entry entry(long seq) {
        return new Entry(
                ROOM, seq, null, new UserName("ann"), CallerId.GUEST, Instant.EPOCH, new Body.Text("number " + seq));
    }
}
