package dev.parley.conformance;

import dev.parley.Parley;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/** Sends a last message when its application is about to end. */
@ApplicationScoped
public class Farewell {
    static final String ROOM = "farewell";
    static final String TEXT = "The application ends.";

    @Inject
    private Parley parley;

    void stopping(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) throws Exception {
        parley.room(ROOM).send(TEXT).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
}
