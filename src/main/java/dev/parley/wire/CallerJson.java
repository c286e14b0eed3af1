package dev.parley.wire;

import dev.parley.message.Caller.Kind;
import dev.parley.message.CallerId;
import dev.parley.message.UserName;
import java.util.HashMap;
import java.util.Map;

/** Converts the kinds and ids of callers to JSON and back. A guest has no JSON, because its id is a secret. Pure functions. */
final class CallerJson {
    private static final String FIELD = "caller";
    private static final String USER = "user";
    private static final String APPLICATION = "application";

    private CallerJson() {}

    /** Writes the field {@code caller}, unless this is a guest. */
    static JsonText write(CallerId caller, JsonText json) {
        return caller.isGuest() ? json : object(caller, json.name(FIELD));
    }

    /** Writes the field {@code callers}, unless the map is empty. It has no guests. */
    static void writeAll(Map<UserName, CallerId> callers, JsonText json) {
        if (!callers.isEmpty()) {
            json.name("callers").raw('{');
            // No user name needs escapes.
            callers.forEach((user, caller) -> object(caller, json.name(user.value())));
            json.end();
        }
    }

    private static JsonText object(CallerId caller, JsonText json) {
        return json.raw('{')
                .field("kind", caller.kind() == Kind.USER ? USER : APPLICATION)
                .field("id", caller.id())
                .end();
    }

    /** Reads the field {@code caller}; a guest if there is none. */
    static CallerId read(Fields fields) {
        return fields.has(FIELD) ? caller(fields.object(FIELD)) : CallerId.GUEST;
    }

    /** Reads the field {@code callers}; empty if there is none. */
    static Map<UserName, CallerId> readAll(Fields fields) {
        Map<UserName, CallerId> callers = new HashMap<>();
        if (fields.has("callers")) {
            fields.object("callers")
                    .objects()
                    .forEach((user, caller) -> callers.put(new UserName(user), caller(caller)));
        }
        return callers;
    }

    /** A newer server may have kinds that are not known here. Such a caller counts as a guest, and is trusted with nothing. */
    private static CallerId caller(Fields fields) {
        return switch (fields.requiredString("kind")) {
            case USER -> new CallerId(Kind.USER, fields.requiredString("id"));
            case APPLICATION -> new CallerId(Kind.APPLICATION, fields.requiredString("id"));
            default -> CallerId.GUEST;
        };
    }
}
