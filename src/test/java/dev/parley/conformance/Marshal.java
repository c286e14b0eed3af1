package dev.parley.conformance;

import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.message.AuditEntry;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Keep;
import dev.parley.message.Target;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A bean of an application that moderates as people ask it to: {@code marshal, ban bob}. Thread-safe. */
@ApplicationScoped
class Marshal {
    private static final String CALL = "marshal, ";
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    Parley parley;

    void hear(@Observes Entry entry) {
        if (!(entry.body() instanceof Body.Text text) || !text.value().startsWith(CALL)) {
            return;
        }
        String[] words = text.value().substring(CALL.length()).split(" ");
        RoomHandle room = parley.as("marshal").room(entry.room());
        CompletionStage<?> done = switch (words[0]) {
            case "ban" -> room.ban(Target.user(words[1]), HOUR, false, "as was asked");
            case "unban" -> room.unban(Target.user(words[1]), null);
            case "mute" -> room.mute(Target.user(words[1]), HOUR, false, null);
            case "unmute" -> room.unmute(Target.user(words[1]), null);
            case "remove" -> room.remove(Target.user(words[1]), "as was asked");
            case "slow" -> room.slow(Duration.ofSeconds(Long.parseLong(words[1])), null);
            case "keep" -> room.keep(Keep.parse(words[1] + " entries"));
            case "banish" -> parley.as("marshal").user(words[1]).ban(HOUR, false, "as was asked");
            case "pardon" -> parley.as("marshal").user(words[1]).unban(null);
            case "audit" -> audit(room, 0, "");
            default -> throw new IllegalArgumentException(words[0]);
        };
        done.whenComplete((nothing, failure) ->
                room.send("answer-" + entry.seq(), new Body.Text(failure == null ? "done" : "no: " + failure)));
    }

    /** Says the actions in this room. */
    private CompletionStage<Entry> audit(RoomHandle room, long after, String before) {
        return parley.audit(after, AuditEntry.MOST).thenCompose(page -> {
            List<String> here = page.stream()
                    .filter(entry -> room.name().equals(entry.room()))
                    .map(entry -> entry.byName() + " " + entry.action() + " " + entry.name())
                    .toList();
            String all = before + String.join(", ", here);
            return page.isEmpty()
                    ? room.send("audit: " + all)
                    : audit(room, page.get(page.size() - 1).number(), all);
        });
    }
}
