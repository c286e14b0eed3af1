package shop;

import dev.parley.Before;
import dev.parley.Draft;
import dev.parley.InRoom;
import dev.parley.Parley;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.regex.Pattern;

/** Reads what customers write. */
@ApplicationScoped
public class Moderation {
    private static final Pattern CARD = Pattern.compile("\\b\\d(?:[ -]?\\d){12,18}\\b");

    @Inject
    Parley parley;

    /** Before it is stored. */
    void mask(@Observes @Before Draft draft) {
        if (draft.body() instanceof Body.Text text) {
            draft.replace(CARD.matcher(text.value()).replaceAll("(card number)"));
        } else {
            draft.refuse("Please write a text.");
        }
    }

    /** After it is stored. Under the same id an answer is stored once. */
    void hear(@Observes @InRoom("order-*") Entry entry) {
        boolean isQuestion = entry.caller().kind() == Caller.Kind.USER
                && entry.body() instanceof Body.Text text
                && text.value().endsWith("?");
        if (isQuestion) {
            News seen = new News.Asked(entry.seq(), entry.from().value());
            parley.as("helpdesk").room(entry.room()).send("asked-" + entry.seq(), Body.Data.of(seen));
        }
    }
}
