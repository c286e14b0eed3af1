package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;

class ChatFilterTest {
    /** A plain Tomcat injects nothing. It ends the deployment if the start of a filter fails. */
    @Test
    void withoutInjectionTheStartFailsWithASentence() {
        assertThatThrownBy(() -> new ChatFilter().init())
                .isInstanceOf(ServletException.class)
                .hasMessageStartingWith("Parley cannot start in this server: it needs Jakarta CDI")
                .hasMessageEndingWith(".");
    }
}
