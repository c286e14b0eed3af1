package dev.parley.conformance;

import dev.parley.Parley;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import java.io.Serializable;

/** A bean of a passivating scope: no container deploys it where what it has injected can't be passivated. */
@SessionScoped
class Basket implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The type is not serializable, but what the container injects is. */
    @Inject
    @SuppressWarnings("serial")
    Parley parley;
}
