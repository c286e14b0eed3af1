package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the page does from whichever server it comes. */
interface PageConformance {
    Browser browser();

    /** Such as {@code http://127.0.0.1:8080/}. */
    URI page();

    /** What this server is called on pictures. */
    String server();

    @Test
    default void twoPeopleTalkAndNothingIsInTheirWay() {
        String room = "room-" + UUID.randomUUID();
        Visitor ann = visitor("ann");
        Visitor bob = visitor("bob");
        assertThat(Axe.violations(ann.window().page())).isEmpty();
        ann.joins(room);
        bob.joins(room);
        ann.sees(bob);
        bob.sees(ann);

        ann.says("Hello, Bob");
        bob.hears(ann, "Hello, Bob");
        bob.says("Hello, Ann");
        ann.hears(bob, "Hello, Ann");

        ann.window().picture("talk-" + server());
        assertThat(Axe.violations(ann.window().page())).isEmpty();
        assertThat(ann.window().complaints()).isEmpty();
        assertThat(bob.window().complaints()).isEmpty();
    }

    /** Servers send the same JSON in text frames or in binary ones. */
    @Test
    default void theLifecycleHidesTheSession() {
        Visitor ann = visitor("ann");
        ann.joins("room-" + UUID.randomUUID());
        ann.turnsLifecycle();
        ann.seesNoSession();
        assertThat(ann.window().complaints()).isEmpty();
    }

    private Visitor visitor(String name) {
        return new Visitor(
                browser().visit(page()),
                name + "-" + UUID.randomUUID().toString().substring(0, 8));
    }
}
