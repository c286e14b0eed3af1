package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/** What the browser and the desktop show and keep of the page outside of it. */
class DesktopPageIT extends PageSetting {
    /** Notifications are allowed, and noted; a tab is hidden when the test says so. */
    private static final String NOTING = """
            {
              window.told = [];
              window.Notification = class {
                static permission = "granted";
                constructor(title, { body }) {
                  told.push(`${title}: ${body}`);
                }
              };
              let isAway = false;
              Object.defineProperty(document, "hidden", { configurable: true, get: () => isAway });
              window.goAway = () => {
                isAway = true;
                document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
              };
            }""";

    private static final String SEEN_SOMEWHERE = "async () => (await navigator.locks.query()).held.length > 0";
    private static final String SEEN_NOWHERE = "async () => (await navigator.locks.query()).held.length === 0";

    @InEachBrowser
    void namesFromRightToLeftTurnNothingAround() {
        // Names are of one script.
        String room = "גינה" + Math.abs(unique("room").hashCode());
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, NOTING);
        ann.joins(room);
        Page page = ann.window().page();
        assertThat(page).hasTitle("\u2068" + room + "\u2069 – Parley");
        page.evaluate("goAway()");
        Visitor bob = inRoom("bob", room);
        bob.says("hello");
        page.waitForFunction("() => told.length > 0");
        assertThat(page.evaluate("told")).isEqualTo(List.of(bob.name() + " in \u2068" + room + "\u2069: hello"));
    }

    @InEachBrowser
    void whatAnotherTabOfThePersonShowsIsNotTold() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, NOTING);
        ann.joins(room);
        Page hidden = ann.window().page();
        hidden.evaluate("goAway()");
        Visitor other = new Visitor(ann.window().tab(), ann.name());
        other.joins(room);
        Visitor bob = inRoom("bob", room);
        hidden.waitForFunction(SEEN_SOMEWHERE);
        bob.says("seen");
        other.hears(bob, "seen");
        other.window().page().evaluate("goAway()");
        hidden.waitForFunction(SEEN_NOWHERE);
        bob.says("not seen");
        hidden.waitForFunction("() => told.length > 0");
        assertThat(hidden.evaluate("told")).isEqualTo(List.of(bob.name() + " in " + room + ": not seen"));
    }

    @InEachBrowser
    void whatIsRememberedOfRoomsIsBounded() {
        Visitor ann = visitor("ann");
        Page page = ann.window().page();
        page.evaluate("""
                () => {
                  for (let i = 0; i < 300; i++) localStorage.setItem(`parley.mine.x.room-${i}`, `epoch 0 1,2 ${i}`);
                }""");
        String room = unique("room");
        ann.joins(room);
        List<?> kept =
                (List<?>) page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('parley.mine.'))");
        assertThat(kept.stream().map(Object::toString))
                .hasSize(100)
                .anyMatch(key -> key.endsWith(room))
                .contains("parley.mine.x.room-299")
                .doesNotContain("parley.mine.x.room-200");
    }
}
