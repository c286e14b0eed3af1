package dev.parley.conformance;

import dev.parley.message.Entry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** An application's bean that fails at each entry, before the others hear of it. */
@ApplicationScoped
class FailingObserver {
    void hear(@Observes @Priority(1) Entry entry) {
        throw new IllegalStateException("this observer fails on purpose");
    }
}
