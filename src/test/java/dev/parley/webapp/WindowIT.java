package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the tests in a browser would notice what they are there to notice. */
class WindowIT extends PageSetting {
    private Window window;

    @BeforeEach
    void visit() {
        window = browser.visit(server.page());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    console.error("so loud")                             | so loud
                    setTimeout(() => { throw new Error("so sudden"); })  | thrown: .*so sudden
                    fetch("http://127.0.0.1:1/").catch(() => 0)          | Content Security Policy
                    new WebSocket("ws://127.0.0.1:1/chat")               | Content Security Policy
                    document.head.append(Object.assign(document.createElement("script"), { text: "1" })) | Content Security Policy
                    location = "http://127.0.0.1:1/"                     | request elsewhere: http://127.0.0.1:1/
                    """)
    void whatAPageMustNotDoIsComplainedOf(String script, String complaint) {
        assertThat(window.complaints()).isEmpty();

        window.page().evaluate("() => { " + script + " }");

        await().until(() -> {
            // Playwright tells of events while it is asked something.
            window.page().context().cookies();
            return window.complaints().stream().anyMatch(each -> each.matches("(?s).*" + complaint + ".*"));
        });
    }

    @Test
    void whatKeepsPeopleOutIsFound() {
        assertThat(Axe.violations(window.page())).isEmpty();

        window.page().evaluate("document.documentElement.removeAttribute('lang')");

        assertThat(Axe.violations(window.page())).anyMatch(line -> line.startsWith("html-has-lang "));
    }
}
