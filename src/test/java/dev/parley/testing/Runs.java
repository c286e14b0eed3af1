package dev.parley.testing;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs of entries as the sub-protocol {@code parley.v2} has them, read as protocol.md says and without the server's code. */
public final class Runs {
    /** The field that marks an entry that came in a run. */
    private static final String MARK = "run";

    private static final Set<String> OF_THE_RUN = Set.of("by", "ms");
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Runs() {}

    static boolean is(JsonObject message) {
        return Messages.is(message, "entries");
    }

    /** The entries of a run, each as {@code parley.v1} has it, marked as one of a run. */
    static List<JsonObject> entries(JsonObject run) {
        List<JsonObject> entries = new ArrayList<>();
        for (JsonObject each : run.getJsonArray("entries").getValuesAs(JsonObject.class)) {
            JsonObject sender = run.getJsonArray("senders").getJsonObject(each.getInt("by", 0));
            Instant at = Instant.parse(run.getString("at")).plusMillis(later(each));
            JsonObjectBuilder entry = Json.createObjectBuilder(sender)
                    .add("type", "entry")
                    .add("room", run.getString("room"))
                    .add("seq", Messages.seq(run) + entries.size())
                    .add("at", TIME.format(at))
                    .add(MARK, true);
            each.forEach((name, value) -> {
                if (!OF_THE_RUN.contains(name)) {
                    entry.add(name, value);
                }
            });
            if (each.containsKey("kind")) {
                entry.add("text", each.getString("kind"));
            }
            entries.add(entry.build());
        }
        return entries;
    }

    private static long later(JsonObject entry) {
        JsonNumber millis = entry.getJsonNumber("ms");
        return millis == null ? 0 : millis.longValue();
    }

    /** Whether an entry came in a run. */
    public static boolean hasBroughtIt(JsonObject entry) {
        return entry.containsKey(MARK);
    }

    /** The entries without the mark. */
    public static List<JsonObject> unmarked(List<JsonObject> entries) {
        return entries.stream()
                .map(entry -> Json.createObjectBuilder(entry).remove(MARK).build())
                .toList();
    }
}
