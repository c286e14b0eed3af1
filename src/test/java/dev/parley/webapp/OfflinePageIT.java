package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.parley.testing.FaultyProxy;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Without a network, after a sleep, and before a server that doesn't let one in, page and script know soon. */
class OfflinePageIT extends PageSetting {
    private static final Pattern OFFLINE = Pattern.compile("^Offline.*");
    private static final Pattern OPEN = Pattern.compile("^Open.*");

    /** Less than one heartbeat of 20 s, more than the patience with a line in doubt. */
    private static final LocatorAssertions.HasTextOptions SOON =
            new LocatorAssertions.HasTextOptions().setTimeout(15_000);

    /** Right after the next beat has gone, the page stands still, as if it were frozen. */
    private static final String SLEEPS_AFTER_THE_NEXT_BEAT = """
            () => {
              const send = WebSocket.prototype.send;
              WebSocket.prototype.send = function (frame) {
                send.call(this, frame);
                if (frame !== '{"type":"beat"}') return;
                WebSocket.prototype.send = send;
                for (const end = performance.now() + 3_000; performance.now() < end;);
                window.slept = true;
              };
              window.shown = [];
              const pill = document.querySelector("parley-pill");
              const note = () => window.slept && window.shown.push(pill.textContent);
              new MutationObserver(note).observe(pill, { childList: true, subtree: true, characterData: true });
            }""";

    private static final String CONNECTS = """
            async ([path, options]) => {
              const { ParleyClient } = await import("/parley.js");
              new ParleyClient(new URL(path, location), options).connect({ name: "ann" }).then(
                () => (window.outcome = "welcome"),
                ({ code, message }) => (window.outcome = `${code}: ${message}`));
            }""";

    @Test
    void withoutANetworkThePillSaysSoAndWithItTheLineIsBackAtOnce() {
        try (ServerProcess patient = ServerProcess.start();
                FaultyProxy proxy = FaultyProxy.to(patient.chat(), 1)) {
            URI page = URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/");
            // The console tells of each try that fails.
            Visitor ann = new Visitor(browser.visit(page), unique("ann"));
            ann.joins(unique("room"));
            assertThat(pill(ann)).hasText(OPEN);

            proxy.swallow(true);
            ann.window().page().context().setOffline(true);
            assertThat(pill(ann)).hasText(OFFLINE);
            assertThat(pill(ann))
                    .hasAttribute("data-returns", "", new LocatorAssertions.HasAttributeOptions().setTimeout(15_000));
            assertThat(pill(ann)).hasText(OFFLINE);

            proxy.swallow(false);
            ann.window().page().context().setOffline(false);
            assertThat(pill(ann)).hasText(OPEN, SOON);
            ann.says("back again");
            ann.window().page().context().close();
        }
    }

    @Test
    void aLineThatDiedUnseenIsReplacedWhenThePageIsSeenAgain() {
        try (ServerProcess patient = ServerProcess.start();
                FaultyProxy proxy = FaultyProxy.to(patient.chat(), 1)) {
            URI page = URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/");
            Visitor ann = new Visitor(browser.visit(page), unique("ann"));
            ann.joins(unique("room"));
            long before = proxy.lines();

            proxy.swallow(true);
            ann.window()
                    .page()
                    .evaluate("() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
            assertThat(pill(ann)).not().hasText(OPEN, SOON);
            proxy.swallow(false);
            assertThat(pill(ann)).hasText(OPEN, new LocatorAssertions.HasTextOptions().setTimeout(40_000));
            assertThat(proxy.lines()).isGreaterThan(before);
            ann.window().page().context().close();
        }
    }

    @Test
    void aSleepIsNoRoundTrip() {
        Visitor ann = inRoom("ann", unique("room"));
        Page page = ann.window().page();
        page.evaluate(SLEEPS_AFTER_THE_NEXT_BEAT);
        page.waitForFunction("() => window.shown.some((text) => /^Open · .* ms/.test(text))");
        Object longest = page.evaluate(
                "() => Math.max(...window.shown.map((text) => Number(/^Open · (.*) ms/.exec(text)?.[1] ?? 0)))");
        assertThat(((Number) longest).doubleValue()).isLessThan(2_000);
    }

    @Test
    void aScriptLearnsInTimeThatNoServerIsThere() {
        assertThat(outcome(server, "nowhere", Map.of("connectTimeout", 1_000)))
                .startsWith("unavailable: ")
                .contains("/nowhere", "within 1000 ms");
    }

    @Test
    void aScriptLearnsThatGuestsAreNotLetIn() {
        try (ServerProcess closed = ServerProcess.start(Map.of("parley.guests", "false"))) {
            assertThat(outcome(closed, "chat", Map.of())).isEqualTo("unauthorized: guests are not allowed here");
        }
    }

    /** What a script's connect ends with. */
    private String outcome(ServerProcess at, String path, Map<String, Integer> options) {
        Page page = browser.visit(at.page()).page();
        page.evaluate(CONNECTS, new Object[] {path, options});
        String outcome =
                page.waitForFunction("() => window.outcome").jsonValue().toString();
        page.context().close();
        return outcome;
    }

    private static Locator pill(Visitor visitor) {
        return visitor.window().page().locator("parley-pill");
    }
}
