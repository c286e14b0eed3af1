package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/** Browsers of 2023 have all that the page needs, and older ones are told. */
class OldBrowserIT extends PageSetting {
    /** What came later, or late to one of them. */
    private static final String LACKING = """
            delete URL.canParse;
            delete Array.prototype.toSorted;
            delete Array.prototype.toReversed;
            delete Element.prototype.checkVisibility;
            delete Promise.withResolvers;
            delete Object.groupBy;
            delete Map.groupBy;
            delete Array.fromAsync;
            for (const name of Object.getOwnPropertyNames(Element.prototype)) {
              if (/^(aria[A-Z]|role$)/.test(name)) delete Element.prototype[name];
            }""";

    /** Nested rules, and those with functions and selectors that are younger, with the sheet that they are in. */
    private static final String YOUNG_RULES = """
            async () => {
              const young = /light-dark\\(|:has\\(|@starting-style|@scope|@layer|oklch|subgrid/;
              const found = [];
              for (const { href } of document.styleSheets) {
                const text = await (await fetch(href)).text();
                if (young.test(text)) found.push(`${href}: ${text.match(young)[0]}`);
              }
              const nested = (rule) => rule instanceof CSSStyleRule ? rule.cssRules?.length > 0 : [...(rule.cssRules ?? [])].some(nested);
              for (const sheet of document.styleSheets) {
                for (const rule of sheet.cssRules) if (nested(rule)) found.push(`nested: ${rule.cssText}`);
              }
              return found;
            }""";

    @InEachBrowser
    void whatCameLaterIsNotNeeded() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, LACKING);
        ann.joins(room);
        Visitor bob = inRoom("bob", room);
        bob.says("See http://a.example/b");
        ann.hears(bob, "See http://a.example/b");
        assertThat(ann.lines().locator("a")).hasAttribute("href", "http://a.example/b");
        ann.says("I see");
        assertThat(bob.line(bob.name(), "See").locator(".note")).hasText("Read by " + ann.name());
        assertThat(ann.log()).isVisible();
        ann.turnsLifecycle();
        assertThat(ann.step("101 Switching Protocols").first()).isVisible();
        ann.button("Pause").click();
        assertThat(ann.button("Pause")).hasAttribute("aria-pressed", "true");
        assertThat(Axe.violations(ann.window().page())).isEmpty();
    }

    @InEachBrowser
    void theStyleSheetsHaveNoRulesThatAreYounger() {
        Page page = visitor("ann").window().page();
        assertThat((List<?>) page.evaluate(YOUNG_RULES)).isEmpty();
    }

    @InEachBrowser
    void aBrowserThatIsTooOldIsTold() {
        Page page = visitor("ann", Browser.Screen.PHONE, "delete Object.hasOwn")
                .window()
                .page();
        assertThat(page.locator("#old")).containsText("This browser is too old for Parley. It needs Firefox 115");
        assertThat(visitor("bob").window().page().locator("#old")).isEmpty();
    }
}
