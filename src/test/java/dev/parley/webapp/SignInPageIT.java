package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.Readme;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the page offers where the server lets in nobody without a proven name. */
class SignInPageIT extends PageSetting {
    private static final String SECRET = "a secret of more than thirty-two bytes";

    private ServerProcess closed;

    @AfterEach
    void stopClosed() {
        closed.close();
    }

    private Visitor atTheClosedDoor(Map<String, String> settings) {
        closed = ServerProcess.start(settings);
        Visitor ann = new Visitor(browser.visit(closed.page()), unique("ann"));
        Page page = ann.window().page();
        page.getByLabel("Your name").fill(ann.name());
        page.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill("garden");
        ann.button("Join").click();
        assertThat(page.locator("#refused")).hasText("You are not signed in: guests are not allowed here.");
        return ann;
    }

    @Test
    void whereTokensAreTakenOneIsAskedFor() {
        Visitor ann = atTheClosedDoor(Map.of("parley.guests", "false", "parley.jwt.secret", SECRET));
        Page page = ann.window().page();
        Locator token = page.getByLabel("Token");
        assertThat(token).isVisible();
        assertThat(page.locator("#login")).isHidden();
        assertThat(Axe.violations(page)).isEmpty();
        ann.window().picture("sign-in");

        token.fill("no token");
        ann.button("Join").click();
        assertThat(token).hasValue("");
        assertThat(page.locator("#refused"))
                .containsText("You are not signed in: this server does not know this kind of token.");
        assertThat(ann.message()).isHidden();

        token.fill(token("olga"));
        ann.button("Join").click();
        assertThat(ann.message()).isVisible();
        assertThat(page.locator("#where")).hasText("as olga");
        new Visitor(ann.window(), "olga").says("That is me");
        // A secret is not kept in the browser.
        assertThat((String) page.evaluate("JSON.stringify([localStorage, sessionStorage])"))
                .contains("olga")
                .doesNotContain(token("olga").substring(0, 20));
    }

    @Test
    void whereAPageIsNamedItIsOffered() {
        Visitor ann = atTheClosedDoor(Map.of("parley.guests", "false", "parley.signin", "/shop/login?from=chat"));
        Page page = ann.window().page();
        assertThat(page.getByLabel("Token")).isHidden();
        assertThat(page.locator("#login"))
                .hasAttribute(
                        "href", closed.page().resolve("/shop/login?from=chat").toString());
        assertThat(Axe.violations(page)).isEmpty();
    }

    @Test
    void whereThereIsNoWayNoneIsOffered() {
        Visitor ann = atTheClosedDoor(Map.of("parley.guests", "false"));
        Page page = ann.window().page();
        assertThat(page.getByLabel("Token")).isHidden();
        assertThat(page.locator("#login")).isHidden();
    }

    /** The page of an application has no more than what is in the README. */
    @Test
    void theExampleInTheReadmeTalksAsTheUserOfAToken() throws IOException {
        Visitor ann = atTheClosedDoor(Map.of("parley.guests", "false", "parley.jwt.secret", SECRET));
        Page page = ann.window().page();
        page.route("**/my/token", route -> route.fulfill(new Route.FulfillOptions().setBody(token("olga"))));
        String example = Readme.example("js", "/my/token");
        page.route(
                "**/my/page.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody(example)));
        page.addScriptTag(new Page.AddScriptTagOptions().setType("module").setUrl("/my/page.js"));

        try (Person bob = Person.at(closed.chat(), Map.of("token", token("bob")))) {
            // Playwright answers the routes only while its own methods wait.
            page.waitForCondition(() -> !bob.readsLog("order-17").isEmpty());
            assertThat(Messages.texts(bob.readsLog("order-17"))).containsExactly("olga was here");
        }
    }

    private static String token(String subject) {
        return new Mint(SECRET, null, null).token(subject, subject, Duration.ofMinutes(10), Map.of());
    }
}
