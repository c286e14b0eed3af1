package dev.parley.greeter;

import dev.parley.Parley;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;

/**
 * Answers two phrases in the room where they were said: a small example of how a bean listens and speaks. Switched off
 * by {@code parley.greeter=false}. Thread-safe.
 */
@ApplicationScoped
public class Greeter {
    private static final Map<String, String> ANSWERS = Map.of(
            "Hello, Server!", "Hello, Client!",
            "How are you?", "I am fine, thank you!");

    /** Null where the greeter is switched off. */
    private Parley parley;

    @Inject
    void speakThrough(Parley application, @Named("parley.greeter") boolean enabled) {
        parley = enabled ? application.as("greeter") : null;
    }

    /** Being told of the start is what makes it speak under its own name: later a guest might have taken that. */
    void started(@Observes @Initialized(ApplicationScoped.class) Object application) {}

    void hear(@Observes Entry entry) {
        String answer = entry.body() instanceof Body.Text text ? ANSWERS.get(text.value()) : null;
        if (answer != null && parley != null) {
            // The id makes this the one answer to that entry, whoever else may hear it too.
            parley.room(entry.room()).send("answer-" + entry.seq(), new Body.Text(answer));
        }
    }
}
