package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts runs of entries to JSON and back, for {@value Subprotocol#V2}: what the entries of a run have in common stands there
 * once. Pure functions.
 */
final class EntriesJson {
    static final String TYPE = "entries";

    private static final String SENDER = "by";
    private static final String LATER = "ms";

    private EntriesJson() {}

    /** A sender as peers know it: the ids of guests are secrets, and two guests of one name must not be told apart. */
    private record Sender(UserName from, CallerId caller) {
        static Sender of(Entry entry) {
            return new Sender(entry.from(), entry.caller().isGuest() ? CallerId.GUEST : entry.caller());
        }

        /** As in {@link CallerId#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Sender sender && from.equals(sender.from) && caller.equals(sender.caller);
        }

        @Override
        public int hashCode() {
            return 31 * from.hashCode() + caller.hashCode();
        }
    }

    /** Whether an entry can follow another one in a run: same room, next number, and no bytes of an attachment. */
    static boolean follows(Entry next, Entry last) {
        return next.seq() == last.seq() + 1 && !next.hasBytes() && next.room().equals(last.room());
    }

    /** Writes a run as one object. @param run two entries or more, each of which follows the one before */
    static void write(List<Entry> run, JsonText json) {
        Entry first = run.get(0);
        Map<Sender, Integer> senders = senders(run);
        json.begin(TYPE)
                .field("room", first.room())
                .field("seq", first.seq())
                .field("at", first.at())
                .name("senders")
                .raw('[');
        senders.keySet()
                .forEach(sender -> CallerJson.write(
                                sender.caller, json.next().raw('{').field("from", sender.from))
                        .end());
        json.raw(']').name("entries").raw('[');
        for (Entry entry : run) {
            json.next().raw('{');
            number(SENDER, senders.get(Sender.of(entry)), json);
            number(LATER, Duration.between(first.at(), entry.at()).toMillis(), json);
            EntryJson.content(entry, json.field("id", entry.id()));
            json.end();
        }
        json.raw(']').end();
    }

    private static Map<Sender, Integer> senders(List<Entry> run) {
        Map<Sender, Integer> senders = new LinkedHashMap<>();
        for (Entry entry : run) {
            senders.putIfAbsent(Sender.of(entry), senders.size());
        }
        return senders;
    }

    private static void number(String name, long value, JsonText json) {
        if (value != 0) {
            json.field(name, value);
        }
    }

    /** @throws ParleyException with {@code badRequest} if a field is missing or wrong */
    static List<Entry> read(Fields fields) {
        List<Sender> senders = fields.requiredObjects("senders").stream()
                .map(sender -> new Sender(sender.requiredUser("from"), CallerJson.read(sender)))
                .toList();
        Instant begin = fields.requiredTime("at");
        long seq = fields.requiredInteger("seq");
        RoomName room = fields.requiredRoom();
        List<Entry> run = new ArrayList<>();
        for (Fields each : fields.requiredObjects("entries")) {
            Sender sender = sender(senders, each.integer(SENDER, 0));
            Long later = each.integer(LATER);
            Body body = EntryJson.body(each);
            run.add(new Entry(
                    room,
                    seq + run.size(),
                    each.string("id"),
                    sender.from,
                    sender.caller,
                    later == null ? begin : later(begin, later),
                    body,
                    EntryJson.erased(each)));
        }
        return run;
    }

    private static Sender sender(List<Sender> senders, int number) {
        if (number < 0 || number >= senders.size()) {
            throw ParleyException.badRequest(SENDER + " must be the place of one of the senders");
        }
        return senders.get(number);
    }

    private static Instant later(Instant begin, long millis) {
        try {
            return begin.plusMillis(millis);
        } catch (DateTimeException | ArithmeticException e) {
            throw ParleyException.badRequest(LATER + " is out of range");
        }
    }
}
