package dev.parley.faults;

import dev.parley.message.Entry;
import dev.parley.message.RoomName;

/** What somebody heard in a room, held against the promise: each entry once, in order. For one writing thread. */
final class Transcript {
    private final String listener;
    private final RoomName room;
    private final Findings findings;
    private final Places heard = new Places();
    private volatile long entries;

    Transcript(String listener, RoomName room, Findings findings) {
        this.listener = listener;
        this.room = room;
        this.findings = findings;
    }

    void hear(Entry entry) {
        entries++;
        long due = heard.last() + 1L;
        if (entry.seq() < due) {
            String sentence = "%s heard %s %d when %d was due".formatted(listener, room, entry.seq(), due);
            if (heard.at(entry.seq()) == Places.NONE) {
                findings.reordered(sentence);
            } else {
                findings.doubled(sentence);
                return;
            }
        }
        heard.put(entry);
    }

    long entries() {
        return entries;
    }

    long last() {
        return heard.last();
    }

    /** At the end, when nothing more can come. */
    void compareTo(Places log) {
        int last = Math.max(heard.last(), log.last());
        for (int seq = 1; seq <= last; seq++) {
            if (heard.at(seq) != log.at(seq)) {
                String what = heard.at(seq) == Places.NONE
                        ? "never heard"
                        : log.at(seq) == Places.NONE ? "heard what is not in the log as" : "heard something else as";
                findings.lost(1, "%s %s %s %d".formatted(listener, what, room, seq));
            }
        }
    }
}
