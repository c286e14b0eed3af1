package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.parley.conformance.Container;
import java.net.URI;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser, from the container that {@code arquillian.launch} names. */
@ArquillianTest
@RunAsClient
@Timeout(120)
class PageContainerIT implements PageConformance {
    private static Browser browser;

    @Deployment(testable = false)
    static WebArchive war() {
        return Container.warWithPolicy();
    }

    @BeforeAll
    static void open() {
        browser = Browser.of(Engine.CHROMIUM);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.closeWindows();
        }
    }

    @Test
    void whereOneMayOnlyReadThePageSaysSoAndElsewhereOneWrites() {
        Visitor ann = visitor("ann");
        ann.joins("read-" + UUID.randomUUID());

        Locator sentence = ann.window().page().getByText("You may read in this room, but write nothing here.");
        assertThat(sentence).isVisible();
        assertThat(ann.message()).isDisabled();
        assertThat(ann.button("Send")).isDisabled();
        assertThat(ann.button("Attach files")).isDisabled();
        Assertions.assertThat(Axe.violations(ann.window().page())).isEmpty();

        ann.joinsToo("open-" + UUID.randomUUID());
        assertThat(sentence).isHidden();
        ann.says("here I may");
    }

    @Test
    void whoIsPutOutOfARoomSeesWhyAndGoesOnInTheOthers() {
        Visitor ann = visitor("ann");
        Visitor bob = visitor("bob");
        String first = "open-" + UUID.randomUUID();
        String second = "open-" + UUID.randomUUID();
        ann.joins(first);
        ann.joinsToo(second);
        bob.joins(second);
        bob.sees(ann);
        bob.says("barNow " + second + " " + ann.name());

        assertThat(ann.open()).containsText(first);
        assertThat(ann.window().page().locator("#why")).containsText("you may not be in the room " + second);
        ann.says("I am still here");
        Assertions.assertThat(ann.window().complaints()).isEmpty();
    }

    @Test
    void whoMayNotWriteAnyMoreSeesThatAtOnce() {
        Visitor ann = visitor("ann");
        Visitor bob = visitor("bob");
        String room = "open-" + UUID.randomUUID();
        ann.joins(room);
        bob.joins(room);
        bob.sees(ann);
        ann.says("as long as I may");
        bob.says("muteNow " + room + " " + ann.name());

        assertThat(ann.message()).isDisabled();
        bob.says("you still hear me");
        ann.hears(bob, "you still hear me");
    }

    private static Visitor visitor(String name) {
        return new Visitor(
                browser.visit(Container.page()),
                name + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    @Override
    public Browser browser() {
        return browser;
    }

    @Override
    public URI page() {
        return Container.page();
    }

    @Override
    public String server() {
        return Container.name();
    }
}
