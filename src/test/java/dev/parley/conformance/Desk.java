package dev.parley.conformance;

import dev.parley.Parley;
import dev.parley.UserHandle;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.stream.Collectors;

/** A bean of an application that does with Parley what people ask it for in rooms. Thread-safe. */
@ApplicationScoped
class Desk {
    private static final String ERASE = "desk, erase ";
    private static final String PUT_OUT = "desk, put out ";

    @Inject
    Parley parley;

    void hear(@Observes Entry entry) {
        if (!(entry.body() instanceof Body.Text text)) {
            return;
        }
        if (text.value().startsWith(PUT_OUT)) {
            UserHandle user = parley.user(text.value().substring(PUT_OUT.length()));
            int first = user.disconnect("as was asked");
            int second = user.disconnect("once more");
            answer(
                    entry,
                    "out: " + first + " " + second + " " + user.connections().size());
            return;
        }
        if (text.value().startsWith(ERASE)) {
            long seq = Long.parseLong(text.value().substring(ERASE.length()));
            parley.room(entry.room()).erase(seq).thenAccept(erased -> answer(entry, "erased: " + erased));
            return;
        }
        switch (text.value()) {
            case "desk, who is here?" ->
                parley.room(entry.room())
                        .members()
                        .thenAccept(members -> answer(
                                entry,
                                "here: "
                                        + members.stream().map(Object::toString).collect(Collectors.joining(" "))));
            case "desk, who am I?" ->
                answer(
                        entry,
                        "you: " + entry.from() + " "
                                + parley.user(entry.from()).connections().size() + " "
                                + parley.users().contains(entry.from()) + " "
                                + parley.rooms().contains(entry.room()));
            case "desk, forget me" ->
                parley.caller(entry.caller()).erase().thenAccept(erased -> answer(entry, "of you: " + erased));
            case "desk, forget all" ->
                parley.room(entry.room()).eraseAll().thenAccept(erased -> answer(entry, "of all: " + erased));
            case "desk, put me out" -> parley.user(entry.from()).disconnect("as you asked");
            default -> {}
        }
    }

    private void answer(Entry question, String text) {
        parley.as("desk").room(question.room()).send("answer-" + question.seq(), new Body.Text(text));
    }
}
