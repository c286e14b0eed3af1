package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.parley.testing.ServerProcess;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Messages of which the page does not know yet that they are stored, and messages that failed. */
class UnsentPageIT extends PageSetting {
    private static final int MOST = 1_000;

    /** Answers to messages do not arrive as long as the test says so, and over a reload. */
    private static final String DEAF = Lines.ENTRIES_IN + """
            {
              const Plain = WebSocket;
              window.missed = 0;
              window.WebSocket = class extends Plain {
                constructor(...address) {
                  super(...address);
                  this.addEventListener("message", (event) => {
                    const isAnswer = /"type":"(said|entry|entries)"/.test(event.data);
                    if (!isAnswer || !sessionStorage.getItem("test.deaf")) return;
                    window.missed += entriesIn(event.data);
                    event.stopImmediatePropagation();
                  });
                }
              };
            }""";

    private static final String SAY_MANY = """
            many => {
              const text = document.querySelector("#text");
              for (let i = 0; i < many; i++) {
                text.value = `${i} ${"x".repeat(1024)}`;
                text.form.requestSubmit();
              }
            }""";

    @InEachBrowser
    void whatWasStoredLongAgoLeavesNoGap() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, DEAF);
        ann.joins(room);
        Visitor bob = inRoom("bob", room);
        Page page = ann.window().page();
        page.evaluate("sessionStorage.setItem('test.deaf', 'yes')");
        ann.message().fill("mine");
        ann.button("Send").click();
        bob.hears(ann, "mine");
        Lines.say(server.chat(), room, 60);
        page.waitForFunction("() => missed === 61");
        page.evaluate("sessionStorage.removeItem('test.deaf')");
        page.reload();
        assertThat(ann.lines().last()).hasAttribute("data-seq", "61");
        page.waitForFunction("room => !Object.keys(sessionStorage).some(key => key.endsWith(`unsent.${room}`))", room);
        Lines.assertFollow(Lines.seqs(ann));
        assertThat(ann.log().locator("li:not([data-seq])")).hasCount(0);

        // It is in the log, before what is shown.
        ann.log().evaluate("log => log.scrollTo(0, 0)");
        assertThat(ann.lines()).hasCount(61);
        Lines.assertFollow(Lines.seqs(ann));
        assertThat(ann.line(ann.name(), "mine")).hasClass(Pattern.compile(".*\\bown\\b.*"));
    }

    @Test
    void whatFailedHasABoundAndCanBeDiscardedAtOnce() {
        try (ServerProcess narrow = ServerProcess.start(Map.of("parley.limit.text", "1024"))) {
            Visitor ann = new Visitor(browser.visit(narrow.page()), unique("ann"));
            ann.joins(unique("room"));
            Page page = ann.window().page();
            page.evaluate(SAY_MANY, MOST);
            Locator failed = page.locator(".note.failed");
            // That many are drawn one after the other.
            assertThat(failed).hasCount(MOST, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
            String more = "and one more, ".repeat(80) + "and that is it";
            ann.message().fill(more);
            ann.button("Send").click();
            assertThat(page.locator("#why")).containsText("what failed must be sent or discarded first");
            assertThat(ann.message()).hasValue(more);
            assertThat(failed).hasCount(MOST);

            ann.button("Discard what failed").click();
            assertThat(ann.lines()).hasCount(0);
            assertThat(page.locator("#why")).isEmpty();
            ann.message().fill("short");
            ann.button("Send").click();
            assertThat(ann.line(ann.name(), "short")).hasAttribute("data-seq", "1");
            page.context().close();
        }
    }
}
