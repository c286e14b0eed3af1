package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;

class ChatFilterTest {
    /** As in a plain Tomcat, which takes an exception of a filter's start for the end of the deployment. */
    @Test
    void withoutInjectionTheStartFailsWithASentence() {
        assertThatThrownBy(() -> new ChatFilter().init())
                .isInstanceOf(ServletException.class)
                .hasMessageStartingWith("Parley cannot start in this server: it needs Jakarta CDI")
                .hasMessageEndingWith(".");
    }
}
