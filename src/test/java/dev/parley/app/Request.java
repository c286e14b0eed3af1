package dev.parley.app;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** Tells one request context from another. */
@RequestScoped
class Request {
    private final UUID id = UUID.randomUUID();

    UUID id() {
        return id;
    }
}
