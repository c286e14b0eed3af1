package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the tests in a browser would notice what they are there to notice. */
class WindowIT extends PageSetting {
    private static final Map<String, String> COMPLAINTS = Map.of(
            "console.error('so loud')", "so loud",
            "setTimeout(() => { throw new Error('so sudden'); })", "thrown: .*so sudden",
            "fetch('http://127.0.0.1:1/').catch(() => 0)", "Content Security Policy",
            "try { new WebSocket('ws://127.0.0.1:1/chat') } catch { }", "Content Security Policy",
            "document.head.append(Object.assign(document.createElement('script'), { text: '1' }))",
                    "Content Security Policy",
            "location = 'http://127.0.0.1:65535/'", "request elsewhere: http://127.0.0.1:65535/");

    static Stream<Arguments> whatAPageMustNotDo() {
        return Stream.of(Engine.values())
                .flatMap(engine -> COMPLAINTS.entrySet().stream()
                        .map(each -> Arguments.of(engine, each.getKey(), each.getValue())));
    }

    @ParameterizedTest
    @MethodSource("whatAPageMustNotDo")
    void whatAPageMustNotDoIsComplainedOf(Engine engine, String script, String complaint) {
        use(engine);
        Window window = browser.visit(server.page());
        assertThat(window.complaints()).isEmpty();

        window.page().evaluate("() => { " + script + " }");

        await().until(() -> {
            // Playwright tells of events while it is asked something.
            window.page().context().cookies();
            return window.complaints().stream().anyMatch(each -> each.matches("(?s).*" + complaint + ".*"));
        });
    }

    @InEachBrowser
    void whatKeepsPeopleOutIsFound() {
        Window window = browser.visit(server.page());
        assertThat(Axe.violations(window.page())).isEmpty();

        window.page().evaluate("document.documentElement.removeAttribute('lang')");

        assertThat(Axe.violations(window.page())).anyMatch(line -> line.startsWith("html-has-lang "));
    }
}
