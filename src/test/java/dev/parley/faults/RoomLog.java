package dev.parley.faults;

import dev.parley.client.ChatClient;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The log of a room, read page by page and checked by itself: no gap, nothing twice, each one's words in order. */
final class RoomLog {
    private static final int PATIENCE_SECONDS = 60;

    private final RoomName room;
    private final Findings findings;
    private final Places places = new Places();
    /** The numbers that {@link Talker}s gave to what they said. */
    private final Map<UserName, BitSet> numbers = new HashMap<>();

    private RoomLog(RoomName room, Findings findings) {
        this.room = room;
        this.findings = findings;
    }

    /** Reads all of it. */
    static Places read(ChatClient client, RoomName room, Findings findings) {
        RoomLog log = new RoomLog(room, findings);
        ServerMessage.History page;
        do {
            page = client.historyAfter(room, log.places.last(), ClientMessage.MAX_LIMIT)
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            page.entries().forEach(log::add);
        } while (page.more());
        return log.places;
    }

    private void add(Entry entry) {
        if (entry.seq() != places.last() + 1L) {
            findings.lost(1, "the log of %s has %d after %d".formatted(room, entry.seq(), places.last()));
        }
        places.put(entry);
        BitSet before = numbers.computeIfAbsent(entry.from(), sender -> new BitSet());
        int number = Integer.parseInt(entry.id().substring(entry.id().lastIndexOf('-') + 1));
        if (before.get(number)) {
            findings.doubled("%s is in %s twice".formatted(entry.id(), room));
        } else if (number < before.length()) {
            findings.reordered("%s is in %s after %d".formatted(entry.id(), room, before.length() - 1));
        }
        before.set(number);
    }
}
