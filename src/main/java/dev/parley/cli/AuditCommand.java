package dev.parley.cli;

import dev.parley.log.sqlite.AuditLog;
import dev.parley.message.AuditEntry;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Prints what moderators have done. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the audit log of a server, one JSON object in a line, the oldest first. The server may run meanwhile.",
            "It has what moderators and the application have done, with the ids of users and guests: keep it private."
        })
final class AuditCommand extends LogCommand {
    @Override
    void run(Path folder, PrintWriter out) {
        AuditLog.read(folder, entry -> out.println(json(entry)));
    }

    private static String json(AuditEntry entry) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        json.add("number", entry.number()).add("at", entry.at().toString());
        add(json, "by", entry.by());
        json.add("byName", entry.byName().value());
        if (entry.room() != null) {
            json.add("room", entry.room().value());
        }
        json.add("action", entry.action().wire());
        add(json, "whom", entry.whom());
        if (entry.name() != null) {
            json.add("name", entry.name().value());
        }
        add(json, "seq", entry.seq());
        add(json, "seconds", entry.seconds());
        if (entry.address()) {
            json.add("address", true);
        }
        if (entry.role() != null) {
            json.add("role", entry.role().wire());
        }
        if (entry.reason() != null) {
            json.add("reason", entry.reason());
        }
        return json.build().toString();
    }

    private static void add(JsonObjectBuilder json, String field, Long number) {
        if (number != null) {
            json.add(field, number);
        }
    }

    private static void add(JsonObjectBuilder json, String field, CallerId caller) {
        if (caller != null) {
            Caller.Kind kind = caller.kind();
            json.add(
                    field,
                    Json.createObjectBuilder()
                            .add("kind", kind.name().toLowerCase(Locale.ROOT))
                            .add("id", caller.id()));
        }
    }
}
