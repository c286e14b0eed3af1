package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import dev.parley.testing.ServerProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who looks away, loads the page again, or has no server for a while, finds all as it was. */
class ReturnPageIT extends PageSetting {
    private static final Pattern NEW = Pattern.compile(".*\\bnew\\b.*");

    @Test
    void aReloadGoesOnWhereItWas() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        ann.says("before");
        Page page = ann.window().page();
        page.reload();
        assertThat(ann.line(ann.name(), "before")).hasClass(Pattern.compile(".*\\bown\\b.*"));
        ann.says("after");
    }

    @Test
    void tabsOfOneBrowserKeepTheirOwnNamesAndRooms() {
        Visitor ann = visitor("ann");
        String garden = unique("garden");
        ann.joins(garden);
        Page tab = ann.window().page().context().newPage();
        tab.navigate(server.page().toString());
        tab.getByLabel("Your name").fill(unique("bob"));
        tab.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill(unique("kitchen"));
        tab.locator("#join").click();
        assertThat(tab.locator("#members")).containsText("(you)");
        ann.window().page().reload();
        assertThat(ann.open()).hasText(garden);
        assertThat(ann.window().page().locator("#members")).containsText(ann.name() + " (you)");
    }

    @Test
    void whatIsNotSeenIsNotRead() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.PHONE);
        Visitor bob = visitor("bob");
        ann.joins(room);
        bob.joins(room);
        ann.turnsLifecycle();
        bob.says("Do you see me?");
        assertThat(ann.window().page()).hasTitle("(1) " + room + " – Parley");
        assertThat(bob.line(bob.name(), "Do you see me?").locator(".note")).hasText("");
        ann.turnsLifecycle();
        assertThat(bob.line(bob.name(), "Do you see me?").locator(".note")).hasText("Read by " + ann.name());
        assertThat(ann.window().page()).hasTitle(room + " – Parley");
    }

    @Test
    void whatCameMeanwhileIsCountedAndMarkedAfterACutAndAfterAReload() {
        String garden = unique("garden");
        Visitor ann = inRoom("ann", garden);
        Visitor bob = inRoom("bob", garden);
        bob.says("seen");
        assertThat(bob.line(bob.name(), "seen").locator(".note")).hasText("Read by " + ann.name());
        ann.joinsToo(unique("kitchen"));
        ann.turnsLifecycle();
        ann.button("Cut the line").click();
        bob.says("missed");
        bob.says("missed, too");
        assertThat(room(ann, garden)).containsText("2 new");
        ann.window().page().reload();
        assertThat(room(ann, garden)).containsText("2 new");
        ann.opens(garden);
        assertThat(ann.line(bob.name(), "missed").first()).hasClass(NEW);
        assertThat(ann.line(bob.name(), "seen")).not().hasClass(NEW);
        assertThat(room(ann, garden)).not().containsText("new");
    }

    @Test
    void withoutAServerRoomsAreLeftAndEnteredAndNothingThatWasSaidIsLost(@TempDir Path data) {
        Map<String, String> settings = new HashMap<>(Map.of("parley.data", data.toString()));
        ServerProcess mortal = ServerProcess.start(settings);
        settings.put("parley.port", String.valueOf(mortal.page().getPort()));
        String garden = unique("garden");
        String cellar = unique("cellar");
        // The console tells of each try that fails.
        Visitor ann = new Visitor(browser.visit(mortal.page()), unique("ann"));
        try {
            ann.joins(garden);
            mortal.kill();
            mortal.close();
            Page page = ann.window().page();
            ann.joinsToo(cellar);
            page.getByLabel("Leave " + garden).click();
            ann.message().fill("into the dark");
            ann.button("Send").click();
            page.locator("input[type=file]").setInputFiles(new FilePayload("a.txt", "text/plain", new byte[9_000]));
            assertThat(ann.lines()).hasCount(2);
            assertThat(ann.lines().locator(".note"))
                    .hasText(new String[] {"Waiting to be sent…Cancel", "Waiting to be sent…Cancel"});
            page.onDialog(dialog -> dialog.dismiss());
            page.getByLabel("Leave " + cellar).click();
            assertThat(ann.open()).hasText(cellar);

            mortal = ServerProcess.start(settings);
            assertThat(page.locator("parley-pill"))
                    .hasAttribute("data-state", "OPEN", new LocatorAssertions.HasAttributeOptions().setTimeout(60_000));
            ann.hears(ann, "into the dark");
            ann.hears(ann, "a.txt");
            assertThat(page.locator(".room")).hasCount(1);
        } finally {
            ann.window().page().context().close();
            mortal.close();
        }
    }

    private static Locator room(Visitor visitor, String name) {
        return visitor.window().page().locator(".room").filter(new Locator.FilterOptions().setHasText(name));
    }
}
