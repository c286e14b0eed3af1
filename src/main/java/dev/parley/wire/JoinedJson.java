package dev.parley.wire;

import dev.parley.message.Grant;
import dev.parley.message.Permission;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Converts {@code joined} to JSON and back, and the permissions that a client has in a room. Pure functions. */
final class JoinedJson {
    /** In the order in which they are written. */
    private static final List<Permission> IN_ORDER = List.of(Permission.values());
    /** If a client has these, they are not named. */
    private static final Set<Permission> USUAL = Grant.all().permissions();

    private JoinedJson() {}

    static ServerMessage.Joined read(Fields fields) {
        Map<UserName, Long> reads = new HashMap<>();
        if (fields.has("reads")) {
            fields.object("reads").integers().forEach((user, seq) -> reads.put(new UserName(user), seq));
        }
        return new ServerMessage.Joined(
                fields.ref(),
                fields.requiredRoom(),
                fields.requiredString("epoch"),
                fields.requiredInteger("seq"),
                fields.requiredUsers("members"),
                CallerJson.readAll(fields),
                EntryJson.readAll(fields),
                fields.requiredBoolean("recovered"),
                reads,
                fields.has("may") ? may(fields.requiredStrings("may")) : USUAL,
                fields.integer("oldest"),
                fields.integer("slow", 0));
    }

    /** A newer server may name permissions that are not known here. */
    static Set<Permission> may(List<String> named) {
        return IN_ORDER.stream()
                .filter(one -> one == Permission.READ || named.contains(one.wire()))
                .collect(Collectors.toUnmodifiableSet());
    }

    static List<String> may(Set<Permission> permissions) {
        return IN_ORDER.stream()
                .filter(one -> one != Permission.READ && permissions.contains(one))
                .map(Permission::wire)
                .toList();
    }

    /** Null for none, so that most messages do not grow. */
    static Long slow(long seconds) {
        return seconds == 0 ? null : seconds;
    }

    static void write(ServerMessage.Joined joined, JsonText json) {
        json.ref(joined.ref()).field("room", joined.room());
        json.field("epoch", joined.epoch()).field("seq", joined.seq());
        json.field("members", joined.members().stream().map(UserName::value).toList());
        CallerJson.writeAll(joined.callers(), json);
        EntryJson.writeAll(joined.entries(), json);
        json.field("recovered", joined.recovered());
        if (!joined.reads().isEmpty()) {
            json.name("reads").raw('{');
            // No user name needs escapes.
            joined.reads().forEach((user, seq) -> json.field(user.value(), seq));
            json.end();
        }
        if (!joined.may().equals(USUAL)) {
            json.field("may", may(joined.may()));
        }
        json.field("oldest", joined.oldest());
        json.field("slow", slow(joined.slow()));
    }
}
