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
 * Answers two phrases in the room where they were said: a small example of a bean that observes entries and sends
 * messages. The setting {@code parley.greeter=false} switches it off. Thread-safe.
 */
@ApplicationScoped
public class Greeter {
    private static final Map<String, String> ANSWERS = Map.of(
            "Hello, Server!", "Hello, Client!",
            "How are you?", "I am fine, thank you!");

    /** Null if the greeter is switched off. */
    private Parley parley;

    @Inject
    void speakThrough(Parley application, @Named("parley.greeter") boolean enabled) {
        parley = enabled ? application.as("greeter") : null;
    }

    /** Observing the start creates this bean at once, so that it claims its name before a guest can. */
    void started(@Observes @Initialized(ApplicationScoped.class) Object application) {}

    void hear(@Observes Entry entry) {
        String answer = entry.body() instanceof Body.Text text ? ANSWERS.get(text.value()) : null;
        if (answer != null && parley != null) {
            // With this id the answer is stored only once, even if another instance of this bean observes the entry
            // too.
            parley.room(entry.room()).send("answer-" + entry.seq(), new Body.Text(answer));
        }
    }
}
