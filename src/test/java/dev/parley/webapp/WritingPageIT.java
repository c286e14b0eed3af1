package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** What the keys do where one writes, and what becomes of a message that the server won't take. */
class WritingPageIT extends PageSetting {
    @InEachBrowser
    void enterThatEndsComposingSendsNothing() {
        Visitor ann = inRoom("ann", unique("room"));
        ann.message().fill("日本");
        // As Safari says it, after composing has ended; and as the others do, before that.
        for (String init : new String[] {"{ keyCode: 229 }", "{ isComposing: true }"}) {
            ann.message().evaluate("""
                    text => text.dispatchEvent(new KeyboardEvent(
                      "keydown", { key: "Enter", bubbles: true, cancelable: true, ...%s }))""".formatted(init));
            assertThat(ann.message()).hasValue("日本");
            assertThat(ann.lines()).hasCount(0);
        }
        ann.message().press("Enter");
        assertThat(ann.line(ann.name(), "日本")).hasCount(1);
        assertThat(ann.message()).hasValue("");
    }

    @InEachBrowser
    void aMessageThatIsTooLongCanBeEdited() {
        Visitor ann = inRoom("ann", unique("room"));
        String text = "x".repeat(70_000);
        ann.message().fill(text);
        ann.button("Send").click();
        Locator note = ann.lines().locator(".note");
        assertThat(note).containsText("longer than the server takes");
        ann.message().fill("and this");
        ann.button("Edit").click();
        assertThat(ann.lines()).hasCount(0);
        assertThat(ann.message()).isFocused();
        assertThat(ann.message()).hasValue(text + "\nand this");
        Page page = ann.window().page();
        page.reload();
        assertThat(ann.message()).hasValue(text + "\nand this");
        ann.says("shorter");
    }
}
