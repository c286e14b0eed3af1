package dev.parley.conformance;

import dev.parley.CallerHandle;
import dev.parley.Parley;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** An application that does what people write to the user {@value #ID} alone: a verb, the id of a user, and a text. Thread-safe. */
@ApplicationScoped
class Postman {
    static final String ID = "postman";
    static final String NAME = "post";

    @Inject
    Parley parley;

    void hear(@Observes Entry entry) {
        if (!entry.room().ids().contains(ID) || !(entry.body() instanceof Body.Text text)) {
            return;
        }
        String[] words = text.value().split(" ", 3);
        CallerHandle user = parley.as(NAME).principal(words[1]);
        switch (words[0]) {
            case "send" -> user.send(words[2]);
            case "once" -> user.send("once", new Body.Text(words[2]));
            case "data" -> user.send(new Body.Data("Toast", words[2]));
            case "signal" -> user.signal(words[2]);
            case "count" -> user.send(words[2] + " " + user.connections().size());
            case "erase" -> user.erase().thenAccept(erased -> user.send(words[2] + " " + erased));
            case "disconnect" -> user.disconnect(words[2]);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }
}
