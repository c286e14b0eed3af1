package dev.parley.conformance;

import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.Role;
import dev.parley.message.Target;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** A bean of an application that makes rooms, and gives roles, as people ask it to: {@code landlord, create cellar ann}. Thread-safe. */
@ApplicationScoped
class Landlord {
    private static final String CALL = "landlord, ";

    @Inject
    Parley parley;

    void hear(@Observes Entry entry) {
        if (!(entry.body() instanceof Body.Text text) || !text.value().startsWith(CALL)) {
            return;
        }
        String[] words = text.value().substring(CALL.length()).split(" ");
        Parley landlord = parley.as("landlord");
        RoomHandle room = landlord.room(words[1]);
        CallerId whom = new CallerId(Caller.Kind.USER, words[2]);
        CompletionStage<?> done = switch (words[0]) {
            case "create" -> room.create(whom, false);
            case "createClosed" -> room.create(whom, true);
            case "invite" -> room.invite(Target.caller(whom), "as was asked");
            case "dismiss" -> room.dismiss(Target.caller(whom), "as was asked");
            case "roles" ->
                room.roles().thenCompose(roles -> landlord.room(entry.room()).send("roles: " + roles.get(whom)));
            case "close" -> room.close("as was asked");
            case "open" -> room.open(null);
            default ->
                room.appoint(Target.caller(whom), Role.valueOf(words[0].toUpperCase(Locale.ROOT)), "as was asked");
        };
        done.whenComplete((nothing, failure) -> landlord.room(entry.room())
                .send(
                        "answer-" + entry.seq(),
                        new Body.Text(failure == null ? "done" : "no: " + failure.getMessage())));
    }
}
