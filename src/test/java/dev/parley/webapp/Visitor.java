package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Someone who uses the page, as they find things there: by their roles and labels, and lines by what they hold. All
 * that they expect they wait for. For one thread.
 */
final class Visitor {
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final Window window;
    private final Page page;
    private final String name;

    /** @param name to come in under */
    Visitor(Window window, String name) {
        this.window = window;
        this.page = window.page();
        this.name = name;
    }

    Window window() {
        return window;
    }

    String name() {
        return name;
    }

    void joins(String room) {
        page.getByLabel("Your name").fill(name);
        page.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill(room);
        button("Join").click();
        assertThat(message()).isVisible();
    }

    /** Says it, and sees that it is durable. */
    void says(String text) {
        message().fill(text);
        button("Send").click();
        assertThat(line(name, text)).hasAttribute("data-seq", DIGITS);
    }

    void hears(Visitor other, String text) {
        assertThat(line(other.name, text)).hasCount(1);
        assertThat(line(other.name, text)).hasAttribute("data-seq", DIGITS);
    }

    void sees(Visitor other) {
        assertThat(page.locator("#members li").filter(new Locator.FilterOptions().setHasText(other.name)))
                .isVisible();
    }

    /** Where a message is written. */
    Locator message() {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message"));
    }

    Locator button(String label) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    /** All that was said in the room that is open. */
    Locator lines() {
        return log().locator("li");
    }

    Locator log() {
        return page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Messages"));
    }

    /** Goes to a room that one was not in. */
    void joinsToo(String room) {
        page.getByLabel("Join another room").fill(room);
        page.keyboard().press("Enter");
        assertThat(open()).containsText(room);
    }

    /** Goes to a room that one is in. */
    void opens(String room) {
        page.locator(".room")
                .filter(new Locator.FilterOptions().setHasText(room))
                .click();
    }

    /** The button of the room that is open. */
    Locator open() {
        return page.locator(".room[aria-current]");
    }

    /** Opens or closes the view of what happens on the wire. */
    void turnsLifecycle() {
        button("Lifecycle").click();
    }

    /** Looks at the welcome on the wire: the session is not there to be read over a shoulder, as text or as bytes. */
    void seesNoSession() {
        step("welcome").first().click();
        assertThat(detail()).containsText("\"session\": \"…\"");
        String session =
                (String) page.evaluate("name => localStorage.getItem(`parley.person.${name}`).split(' ')[1]", name);
        String bytes = HexFormat.ofDelimiter(" ").formatHex(session.getBytes(StandardCharsets.UTF_8));
        assertThat(detail()).not().containsText(session);
        assertThat(detail()).not().containsText(bytes);
    }

    /** What is shown of the step that was clicked. */
    Locator detail() {
        return page.getByLabel("Details of the selected step");
    }

    /** The arrows and notes of the sequence diagram that hold this. */
    Locator step(String label) {
        return page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText(label));
    }

    /** What was said, among all that is shown. */
    Locator line(String from, String text) {
        return lines().filter(new Locator.FilterOptions()
                        .setHas(page.locator(".who", new Page.LocatorOptions().setHasText(from))))
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".text", new Page.LocatorOptions().setHasText(text))));
    }
}
